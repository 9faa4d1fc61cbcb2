"""Addresses of workshops, city labs and outcomes."""

app_name = "workshops"
urlpatterns = []
