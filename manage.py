#!/usr/bin/env python
"""Django's command line for the Wissenskompendium Innenstadt."""

import os
import sys


def main():
    """Run the management command named on the command line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "compendium.settings")
    try:
        from django.core.management import execute_from_command_line  # noqa: PLC0415 (reports a missing Django)
    except ImportError as error:
        raise SystemExit(
            "Django is not installed here. Run 'make setup' and use '.venv/bin/python manage.py'."
        ) from error
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
