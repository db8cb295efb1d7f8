"""`python -m pmdesk` starts the command line."""

import sys

from pmdesk.app.cli import main

if __name__ == "__main__":
    sys.exit(main())
