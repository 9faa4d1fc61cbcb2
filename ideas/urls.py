"""Addresses of ideas and topics."""

app_name = "ideas"
urlpatterns = []
