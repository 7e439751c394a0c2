"""Working lives, told from events or simulated again week by week."""
