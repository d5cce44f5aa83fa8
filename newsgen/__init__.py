"""newsgen builds static sites from archives of wire stories."""

__all__ = ["__version__"]

__version__ = "0.1.0"
