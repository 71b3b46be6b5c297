"""pages: thin views, forms, templates, static"""
