"""The language of a site."""
