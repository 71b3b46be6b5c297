"""Pages: thin views, forms, templates, static."""
