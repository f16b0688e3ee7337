r"""Fill in deploy/production/nginx.conf, and lay out the static files for it, compressed beforehand.

    python deploy/nginx.py --host cases.example.org --certificate /etc/ssl/c.pem --certificate-key /etc/ssl/k.pem \
        --static /srv/caseflow/static > /etc/nginx/nginx.conf

Run it again after each update: the static files belong to a version.
"""

import argparse
import gzip
import re
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TEMPLATE = ROOT / "deploy" / "production" / "nginx.conf"
STATIC = ROOT / "caseflow" / "static"
COMPRESSIBLE = {".css", ".js", ".svg", ".json"}
HTTPS_PORT = 443
PLACE = re.compile(r"@([A-Z_]+)@")


def main(arguments: list[str]) -> None:
    """Write the static files, and print the configuration."""
    options = _options(arguments)
    lay_out_static(Path(options.static))
    values = {name.upper(): str(value) for name, value in vars(options).items()}
    values["PUBLIC_PORT"] = "" if options.https_port == HTTPS_PORT else f":{options.https_port}"
    sys.stdout.write(PLACE.sub(lambda place: values[place[1]], TEMPLATE.read_text(encoding="utf-8")))


def lay_out_static(folder: Path) -> None:
    """Copy the static files, each that shrinks with a compressed copy beside it."""
    shutil.copytree(STATIC, folder, dirs_exist_ok=True)
    for file in sorted(folder.rglob("*")):
        if file.suffix in COMPRESSIBLE:
            file.with_name(f"{file.name}.gz").write_bytes(gzip.compress(file.read_bytes(), 9, mtime=0))


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--host", required=True, help="the host name of BASE_URL")
    parser.add_argument("--certificate", required=True, help="file with the certificate and its chain")
    parser.add_argument("--certificate-key", required=True, help="file with its key")
    parser.add_argument("--static", default="/srv/caseflow/static", help="folder for the static files")
    parser.add_argument("--web", default="127.0.0.1:8000", help="where gunicorn listens; unix:/path for a socket")
    parser.add_argument(
        "--run", default="/var/lib/nginx", help="folder for the process number, logs and temporary files"
    )
    parser.add_argument("--http-port", type=int, default=80)
    parser.add_argument("--https-port", type=int, default=HTTPS_PORT)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main(sys.argv[1:])
