"""Many runs, none lost: what a run is called, where it is made, and how what came of it is kept."""
