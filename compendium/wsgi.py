"""The WSGI application that servers such as gunicorn load."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "compendium.settings")

application = get_wsgi_application()
