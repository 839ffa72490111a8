"""[mail]: nothing is sent without a host, and what is wrong is said before anybody waits for a mail."""

from pathlib import Path

import pytest

from wsq_huddle.config.reading import read

NODE = '[node]\nkey = "executive"\nname = "Executive"\ntier = 3\ntimezone = "UTC"\n'
WHOLE = 'host = "mail.hospital.example"\nsender = "huddle@hospital.example"\nto = ["cno@hospital.example"]\n'


def complaints(mail: str) -> str:
    return " ".join(str(one) for one in read(f"{NODE}[mail]\n{mail}", Path("huddle.toml")).complaints)


def test_without_a_table_no_mail_is_sent() -> None:
    found = read(NODE, Path("huddle.toml")).settings

    assert found is not None
    assert found.mail.host == ""
    assert (found.mail.security, found.mail.port) == ("starttls", 587)


def test_a_whole_table_is_no_complaint() -> None:
    assert complaints(WHOLE) == ""
    assert complaints(WHOLE + 'port = 46500\nsecurity = "tls"\nuser = "huddle"\npassword_file = "mail.secret"\n') == ""


@pytest.mark.parametrize(
    ("mail", "says"),
    [
        ('host = "mail.hospital.example"', "mail needs sender too"),
        (WHOLE.replace('to = ["cno@hospital.example"]', "to = []"), "mail needs to too"),
        (WHOLE + 'security = "none"', "only goes to this same computer"),
        (WHOLE + 'security = "ssl"', "starttls, tls, none"),
        (WHOLE + "port = 0", "a port is 1 to 65535"),
        (WHOLE + "port = 70000", "a port is 1 to 65535"),
        (WHOLE + 'password_file = "x"', "goes with a user"),
        (WHOLE.replace("cno@", "CNO <cno>@"), "one address"),
        (WHOLE.replace('"cno@hospital.example"', '"a@b\\r\\nBcc: c@d"'), "one address"),
        (WHOLE.replace("huddle@", "häuptling@"), "one address"),
    ],
)
def test_what_is_wrong_is_said(mail: str, says: str) -> None:
    assert says in complaints(mail)
