"""`python -m newsgen`."""

from newsgen.cli.main import main

if __name__ == "__main__":  # a worker that Windows or macOS begins reads this file too
    main()
