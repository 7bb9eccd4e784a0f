"""The settings: what a file may say, and what the messages say when it does not."""

from pathlib import Path

import pytest

from leadgate.errors import ConfigurationError
from leadgate.settings import load_settings


def write(folder: Path, text: str) -> Path:
    file = folder / "leadgate.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_without_a_file_the_defaults_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert load_settings().store == "sqlite:///leadgate.db"


def test_relative_paths_start_at_the_folder_of_the_file(tmp_path: Path) -> None:
    settings = load_settings(write(tmp_path, '[sources.fair]\npath = "fair.xlsx"\n'))
    assert settings.sources["fair"].path == tmp_path / "fair.xlsx"
    assert settings.store == f"sqlite:///{tmp_path / 'leadgate.db'}"


def test_the_environment_outranks_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEADGATE_STORE", "postgresql://db.example/leads")
    assert load_settings(write(tmp_path, 'store = "sqlite:///x.db"')).store.startswith("postgresql")


RULE = '[[rules]]\nname = "x"\nfield = '
INVALID = [
    ('stor = "sqlite:///x.db"', 'unknown key "stor"', 'did you mean "store"?'),
    ('[sources.fair]\npaht = "x.csv"', 'unknown key "paht" in [sources.fair]', '"path"'),
    ("[sources.fair]\ntrust = 101", '"sources.fair.trust"', "less than or equal to 100"),
    ('[sources.fair]\nkind = "leads"', '"sources.fair.kind"', "'lead', 'call', 'visit'"),
    ('default_country = "Germany"', '"default_country"', "pattern"),
    ('[checks.severity]\n"phone.impossible" = "mild"', "phone.impossible", "'error'"),
    (f'{RULE}"regoin"\nrequired = true', '"field" of [[rules]] number 1', "fit: is no field"),
    (f'{RULE}"region"', "[[rules]] number 1", "1 demands nothing"),
    (f'{RULE}"region"\npattern = "("', '"pattern" of [[rules]] number 1', "RE2"),
    (f'{RULE}"amount"\nminimum = "x"', '"minimum" of [[rules]] number 1', "valid number"),
    ("store =\nkind = 1", "not valid TOML", "line 1"),
]


@pytest.mark.parametrize(("text", "names", "hints"), INVALID)
def test_a_wrong_file_is_refused_with_the_key_and_the_way_out(
    tmp_path: Path, text: str, names: str, hints: str
) -> None:
    with pytest.raises(ConfigurationError) as refused:
        load_settings(write(tmp_path, text))
    message = str(refused.value)
    assert str(tmp_path / "leadgate.toml") in message
    assert names in message
    assert hints in message


def test_a_named_file_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="there is no such file"):
        load_settings(tmp_path / "nowhere.toml")
