"""Where files are: asked of one place, made by nobody who only asks."""

import sys
from pathlib import Path

import platformdirs
import pytest

from pkgtui.errors import UsageError
from pkgtui.paths import Paths, user_paths

DEFAULT = "https://djangopackages.org/api/v4/"


def cache_name(api_url: str, *, is_sample: bool = False) -> str:
    paths = Paths(Path("data"), Path("config"), Path("state"))
    path = paths.cache(api_url, is_sample=is_sample)
    assert path.parent == Path("data")
    return path.name


def test_everything_is_below_the_home_that_is_set(tmp_path: Path) -> None:
    home = tmp_path / "home"
    paths = user_paths(str(home))
    assert paths == Paths(home, home, home)
    assert paths.marks == home / "marks.json"
    assert paths.settings == home / "config.toml"
    assert paths.cache(DEFAULT) == home / "djangopackages.org.sqlite3"
    assert not home.exists()


def test_the_home_comes_from_the_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PKGTUI_HOME", str(tmp_path / "a"))
    assert user_paths().data == tmp_path / "a"
    assert user_paths(str(tmp_path / "b")).data == tmp_path / "b"


def test_a_home_is_made_absolute(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "me"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "me"))
    assert user_paths("below").data == tmp_path / "below"
    assert user_paths("~/below").data == tmp_path / "me" / "below"


@pytest.mark.skipif(sys.platform == "win32", reason="any name has a home there")
def test_the_home_of_an_unknown_user_is_wrong_usage() -> None:
    with pytest.raises(UsageError, match="PKGTUI_HOME is '~no-such-user/x'"):
        user_paths("~no-such-user/x")


@pytest.mark.skipif(sys.platform == "win32", reason="no folder in use goes there")
def test_a_home_below_a_folder_that_is_gone_is_wrong_usage(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    with pytest.raises(UsageError, match="PKGTUI_HOME is 'below', and the directory"):
        user_paths("below")
    assert user_paths(str(tmp_path)).data == tmp_path


@pytest.mark.skipif(sys.platform != "linux", reason="folders of the XDG rules")
@pytest.mark.parametrize("home", ["", None])
def test_without_a_home_the_platform_decides(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, home: str | None
) -> None:
    monkeypatch.delenv("PKGTUI_HOME")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "etc"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "var"))
    if home is not None:
        monkeypatch.setenv("PKGTUI_HOME", home)
    paths = user_paths()
    roots = (tmp_path / name / "pkgtui" for name in ("share", "etc", "var"))
    assert paths == Paths(*roots)
    assert paths.session.parent == tmp_path / "var" / "pkgtui"
    assert list(tmp_path.iterdir()) == []


ROOTS = [None, "", " ", "/", "/x", "/x/", "/x//y", "//x", "/x/../y", "x", "~", "~/x"]


@pytest.mark.parametrize("value", [*ROOTS, "$HOME/x", "/x ", " /x", "/x\n", "/é", "."])
@pytest.mark.parametrize(
    "name", ["HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"]
)
def test_the_folders_are_those_of_platformdirs(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str | None
) -> None:
    for variable in (
        *("PKGTUI_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"),
    ):
        monkeypatch.delenv(variable, raising=False)
    if value is None:
        monkeypatch.delenv(name, raising=False)
    else:
        monkeypatch.setenv(name, value)

    data = platformdirs.user_data_path("pkgtui", appauthor=False)
    config = platformdirs.user_config_path("pkgtui", appauthor=False)
    state = platformdirs.user_state_path("pkgtui", appauthor=False)
    assert user_paths() == Paths(data, config, state)


@pytest.mark.skipif(sys.platform != "linux", reason="folders of the XDG rules")
@pytest.mark.parametrize("value", ROOTS)
def test_platformdirs_is_asked_unless_all_is_plain(
    monkeypatch: pytest.MonkeyPatch, value: str | None
) -> None:
    monkeypatch.delenv("PKGTUI_HOME")
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    monkeypatch.delenv("XDG_STATE_HOME", raising=False)
    monkeypatch.setenv("HOME", "/home/me")
    if value is None:
        monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    else:
        monkeypatch.setenv("XDG_DATA_HOME", value)
    asked = []
    monkeypatch.setattr(
        platformdirs, "user_data_path", lambda *_, **__: asked.append(1)
    )

    user_paths()

    is_plain = value is None or value.startswith("/")
    assert bool(asked) != is_plain


@pytest.mark.parametrize(
    ("api_url", "name"),
    [
        (DEFAULT, "djangopackages.org.sqlite3"),
        ("http://user:secret@DjangoPackages.org/api/v4/", "djangopackages.org.sqlite3"),
        ("http://127.0.0.1:8000/api/v4/", "127.0.0.1-8000.sqlite3"),
        ("http://[::1]:8000/api/v4/", "--1-8000-eff8e7ca.sqlite3"),
        ("http://sample/api/v4/", "sample-af2bdbe1.sqlite3"),
    ],
)
def test_one_file_per_host(api_url: str, name: str) -> None:
    assert cache_name(api_url) == name


def test_the_sample_has_its_own_file() -> None:
    assert cache_name(DEFAULT, is_sample=True) == "sample.sqlite3"


def test_two_apis_of_one_host_have_two_files() -> None:
    names = {
        cache_name(f"https://example.org{path}/")
        for path in ("/api/v4", "/mirror/api/v4", "/other/api/v4", "/api/v3")
    }
    assert len(names) == 4
    assert "example.org.sqlite3" in names
    assert all(name.startswith("example.org") for name in names)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://a:8000/api/v4/", "http://a-8000/api/v4/"),
        ("http://a_b/api/v4/", "http://a-b/api/v4/"),
        ("http://[::1]/api/v4/", "http://--1/api/v4/"),
        (f"http://{'a' * 48}/api/v4/", f"http://{'a' * 49}/api/v4/"),
        (f"http://{'a' * 51}b/api/v4/", f"http://{'a' * 51}c/api/v4/"),
        ("http://a_b/other/", "http://a-b/other/"),
    ],
)
def test_two_hosts_have_two_files(one: str, other: str) -> None:
    assert cache_name(one) != cache_name(other)


@pytest.mark.parametrize("letter", ["a", "字", "\U00020000"])
def test_the_name_of_a_file_is_never_too_long(letter: str) -> None:
    name = cache_name(f"http://{letter * 3000}:65535/other/")
    put_aside = name.replace(".", ".damaged-20260808-100000-10.") + "-journal"
    assert len(put_aside.encode()) <= 255


@pytest.mark.parametrize(
    "api_url", ["http://..%2f..%2fetc/api/v4/", "http://a\\..\\b/api/v4/"]
)
def test_no_host_leads_out_of_the_folder(api_url: str) -> None:
    assert not set(cache_name(api_url)) & set("/\\%")
