"""A real sshd on loopback, for whoever runs the tests, with keys made for the purpose.

It needs no rights: the port is high, and only its own user can log in.
"""

import getpass
import os
import shutil
import socket
import subprocess
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

HOST = "127.0.0.1"
_TRIES = 5
_PRIVILEGE_SEPARATION = Path("/run/sshd")
"""Debian's sshd asks for this folder, if root starts it, and its service makes it."""


def find_sshd() -> str | None:
    """The path of sshd, which is not on everyone's search path."""
    places = f"{os.environ.get('PATH', os.defpath)}:/usr/sbin:/usr/local/sbin"
    return shutil.which("sshd", path=places)


class SshServer:
    """Runs sshd with all its files in `folder`; leaving the context ends it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        for name in ("host_key", "user_key"):
            make_key = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f"]
            subprocess.run([*make_key, str(folder / name)], check=True)
        if os.geteuid() == 0:
            _PRIVILEGE_SEPARATION.mkdir(mode=0o755, exist_ok=True)
        self._port, self._process = self._start()
        public_key = (folder / "host_key.pub").read_text()
        known = f"[{HOST}]:{self._port} {public_key}"
        (folder / "known_hosts").write_text(known)

    def _start(self) -> tuple[int, subprocess.Popen[str]]:
        sshd = find_sshd()
        assert sshd is not None
        said: list[str] = []
        for _ in range(_TRIES):
            with socket.create_server((HOST, 0)) as probe:
                port: int = probe.getsockname()[1]
            config = self._folder / "sshd_config"
            config.write_text(self._config(port))
            process = subprocess.Popen(
                [sshd, "-D", "-e", "-f", str(config)],
                stdin=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                text=True,
            )
            assert process.stderr is not None
            for line in process.stderr:
                said.append(line)
                if "Server listening" in line:
                    return port, process
            # Somebody else took the port meanwhile.
            process.wait()
            process.stderr.close()
        raise AssertionError(f"sshd does not start: {''.join(said)}")

    def _config(self, port: int) -> str:
        return "\n".join(
            [
                f"Port {port}",
                f"ListenAddress {HOST}",
                f"HostKey {self._folder / 'host_key'}",
                f"AuthorizedKeysFile {self._folder / 'user_key.pub'}",
                "PidFile none",
                # Folders of tests may stand below one that everybody writes to.
                "StrictModes no",
                "UsePAM no",
                "PasswordAuthentication no",
                "KbdInteractiveAuthentication no",
                "PermitRootLogin prohibit-password",
                "UseDNS no",
                "",
            ]
        )

    def command(self, far_command: str, *, has_terminal: bool) -> Sequence[str]:
        """The ssh client's arguments that run `far_command`, for a shell, there."""
        options = {
            "BatchMode": "yes",
            "IdentitiesOnly": "yes",
            "StrictHostKeyChecking": "yes",
            "GlobalKnownHostsFile": "none",
            "UserKnownHostsFile": str(self._folder / "known_hosts"),
            "LogLevel": "ERROR",
        }
        return [
            *("ssh", "-F", "none", "-tt" if has_terminal else "-T"),
            *("-i", str(self._folder / "user_key"), "-p", str(self._port)),
            *(f"-o{name}={text}" for name, text in options.items()),
            *(f"{getpass.getuser()}@{HOST}", far_command),
        ]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.terminate()
        self._process.communicate()
