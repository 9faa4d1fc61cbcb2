"""``manage.py create_admin``: an account with a password of the operator's choice, and none by default."""

from types import SimpleNamespace

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.django_db


@pytest.fixture
def answers(monkeypatch):
    """Set ADMIN_USER and ADMIN_PASSWORD."""

    def give(name, password):
        monkeypatch.setenv("ADMIN_USER", name)
        monkeypatch.setenv("ADMIN_PASSWORD", password)

    monkeypatch.delenv("ADMIN_USER", raising=False)
    monkeypatch.delenv("ADMIN_PASSWORD", raising=False)
    return give


def test_account_is_made_and_can_sign_in(answers, capsys):
    answers("ada", "zwölf Läden stehen leer")

    call_command("create_admin")

    user = get_user_model().objects.get(username="ada")
    assert user.check_password("zwölf Läden stehen leer")
    assert user.is_staff
    assert user.is_superuser
    assert "zwölf" not in capsys.readouterr().out


def test_existing_account_gets_the_new_password(answers):
    answers("ada", "zwölf Läden stehen leer")
    call_command("create_admin")
    answers("ada", "dreizehn Läden stehen leer")

    call_command("create_admin")

    assert get_user_model().objects.count() == 1
    user = get_user_model().objects.get()
    assert user.check_password("dreizehn Läden stehen leer")
    assert not user.check_password("zwölf Läden stehen leer")


@pytest.mark.parametrize(
    ("name", "password"), [("ada", "12345"), ("ada", "password"), ("a b", "zwölf Läden stehen leer")]
)
def test_weak_password_or_impossible_name_is_refused(answers, name, password):
    answers(name, password)

    with pytest.raises(CommandError):
        call_command("create_admin")

    assert not get_user_model().objects.exists()


def test_name_and_password_are_asked_for_until_both_passwords_agree(answers, monkeypatch, capsys):
    typed = iter(["eins zwei drei", "eins zwei", " vier fünf sechs ", " vier fünf sechs "])
    monkeypatch.setattr("sys.stdin", SimpleNamespace(isatty=lambda: True))
    monkeypatch.setattr("builtins.input", lambda question: "ada")
    monkeypatch.setattr("getpass.getpass", lambda question: next(typed))

    call_command("create_admin")

    assert "The two differ" in capsys.readouterr().err
    assert get_user_model().objects.get(username="ada").check_password(" vier fünf sechs ")


def test_without_answers_and_without_terminal_nothing_is_made(answers):
    with pytest.raises(CommandError, match="Set ADMIN_USER and ADMIN_PASSWORD"):
        call_command("create_admin")

    assert not get_user_model().objects.exists()
