"""Stories: Markdown files, one scene after another, filled from computed results."""
