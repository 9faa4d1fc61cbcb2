"""The settings that come from the environment."""

import pytest

from tests.compendium.outside import refusal, setting

pytestmark = pytest.mark.once
SAFE = {"PRODUCTION": "1", "SECRET_KEY": "geheim" * 10, "ALLOWED_HOSTS": "kompendium.example"}


def test_without_variables_the_site_runs_locally():
    values = setting("DEBUG", "ALLOWED_HOSTS", "SECRET_KEY", "DATABASES", SECRET_KEY="")

    assert values["DEBUG"] is False
    assert values["ALLOWED_HOSTS"] == ["localhost", "127.0.0.1"]
    assert len(values["SECRET_KEY"]) >= 50
    assert values["DATABASES"]["default"]["ENGINE"] == "django.db.backends.sqlite3"
    assert values["DATABASES"]["default"]["NAME"].endswith("/compendium.sqlite3")


def test_postgresql_compiles_no_queries_unless_asked_to():
    def options(query=""):
        url = f"postgresql://localhost/kompendium{query}"
        return setting("DATABASES", DATABASE_URL=url)["DATABASES"]["default"]["OPTIONS"]

    assert options() == {"connect_timeout": 5, "options": "-c jit=off"}
    assert options("?connect_timeout=9&options=-c%20jit=on") == {
        "connect_timeout": 9,
        "options": "-c jit=off -c jit=on",  # the last one counts
    }


@pytest.mark.parametrize(
    ("missing", "named"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY"),
        ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS"),
        ({"SECRET_KEY": "", "ALLOWED_HOSTS": ""}, "SECRET_KEY and ALLOWED_HOSTS"),
    ],
)
def test_production_refuses_to_start_without_secret_or_hosts(missing, named):
    assert refusal(**SAFE | missing).endswith(f"PRODUCTION=1 needs {named}. See .env.example.")


def test_production_refuses_a_secret_that_can_be_guessed():
    assert "SECRET_KEY is too short" in refusal(**SAFE | {"SECRET_KEY": "x" * 49})


def test_names_below_the_domain_are_bound_to_https_on_demand_only():
    names = ("SECURE_HSTS_INCLUDE_SUBDOMAINS", "SECURE_HSTS_PRELOAD")

    assert setting(*names, **SAFE) == dict.fromkeys(names, False)
    assert setting(*names, **SAFE, HSTS_SUBDOMAINS="1", HSTS_PRELOAD="1") == dict.fromkeys(names, True)


def test_debug_and_production_exclude_each_other():
    assert "DEBUG=1 and PRODUCTION=1 exclude each other" in refusal(**SAFE, DEBUG="1")


def test_second_factor_is_required_in_production_unless_switched_off():
    assert setting("REQUIRE_2FA", REQUIRE_2FA="0") == {"REQUIRE_2FA": False}
    assert setting("REQUIRE_2FA", REQUIRE_2FA="1") == {"REQUIRE_2FA": True}
    assert setting("REQUIRE_2FA", "PROXY_COUNT", **SAFE) == {"REQUIRE_2FA": True, "PROXY_COUNT": 1}
    assert setting("REQUIRE_2FA", **SAFE, REQUIRE_2FA="0") == {"REQUIRE_2FA": False}


def test_production_is_served_over_https_only():
    names = ("SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_HSTS_SECONDS")

    assert setting(*names, **SAFE) == dict.fromkeys(names[:3], True) | {"SECURE_HSTS_SECONDS": 63072000}
    assert setting("SECURE_HSTS_SECONDS", **SAFE, HSTS_SECONDS="60") == {"SECURE_HSTS_SECONDS": 60}


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("DEBUG", "vielleicht"),
        ("DEBUG", "2"),
        ("DEBUG", ""),
        ("PRODUCTION", "ja"),
        ("HSTS_SECONDS", "zwei Jahre"),
        ("REQUIRE_2FA", "manchmal"),
        ("PROXY_COUNT", "-1"),
        ("SESSION_HOURS", "0"),
        ("AUDIT_DAYS", "ewig"),
    ],
)
def test_nonsense_is_refused_by_name(variable, value):
    environment = SAFE | {variable: value} if variable == "HSTS_SECONDS" else {variable: value}

    assert f'"{variable}" invalid' in refusal(**environment)


@pytest.mark.parametrize(("value", "debug"), [("1", True), ("true", True), ("0", False), ("false", False)])
def test_switches_are_read(value, debug):
    assert setting("DEBUG", DEBUG=value) == {"DEBUG": debug}


def test_hosts_are_separated_by_commas():
    values = setting("ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS", ALLOWED_HOSTS="a.example,.b.example")

    assert values["ALLOWED_HOSTS"] == ["a.example", ".b.example"]
    assert values["CSRF_TRUSTED_ORIGINS"] == ["https://a.example", "https://b.example", "https://*.b.example"]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (
            "postgresql://user:password@db.example:5433/kompendium",
            {"USER": "user", "PASSWORD": "password", "HOST": "db.example", "PORT": 5433, "NAME": "kompendium"},
        ),
        (
            "postgresql://stadt%40rat:p%40ss%2Fw%C3%B6rt%25@127.0.0.1/name",
            {"USER": "stadt@rat", "PASSWORD": "p@ss/wört%", "HOST": "127.0.0.1", "PORT": "", "NAME": "name"},
        ),
        ("postgresql:///name", {"USER": "", "HOST": "", "NAME": "name"}),
    ],
)
def test_postgresql_addresses(url, expected):
    database = setting("DATABASES", DATABASE_URL=url)["DATABASES"]["default"]

    assert database["ENGINE"] == "django.db.backends.postgresql"
    assert {name: database[name] for name in expected} == expected


def test_an_absolute_sqlite_path():
    database = setting("DATABASES", DATABASE_URL="sqlite:////var/lib/kompendium/db.sqlite3")["DATABASES"][
        "default"
    ]

    assert database["ENGINE"] == "django.db.backends.sqlite3"
    assert database["NAME"] == "/var/lib/kompendium/db.sqlite3"


@pytest.mark.parametrize("url", ["mysql://user@host/name", "quatsch", "", "postgresql://user@host:port/name"])
def test_other_database_addresses_are_refused(url):
    assert "DATABASE_URL" in refusal(DATABASE_URL=url)
