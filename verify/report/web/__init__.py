"""Pages and slides that load nothing from elsewhere: templates, styles and their data."""
