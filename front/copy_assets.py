"""Decides which files of the npm packages reach the browser, and that they are the very files we looked at.

Usage: python front/copy_assets.py [ROOT]. Reads front/assets.txt (one asset a line: SHA-256, file under
node_modules/, file under placement/static/vendor/) and copies what it names. The vendor folder is
git-ignored, because the terms of KRDS do not clearly allow its files here. Standard library only: it runs
during set-up.
"""

import hashlib
import shutil
import sys
from pathlib import Path
from typing import NamedTuple


class AssetError(Exception):
    """An asset is missing or is not the file we know; the text is one line for the person at the terminal."""


class Asset(NamedTuple):
    """One file to copy: its SHA-256 in hexadecimal, where npm put it, where the browser asks for it."""

    sha256: str
    source: str
    target: str


def read_assets(listing: Path) -> list[Asset]:
    """The assets of the committed list; blank lines and lines that begin with # say nothing."""
    lines = (line.split("#", 1)[0].split() for line in listing.read_text(encoding="utf-8").splitlines())
    return [Asset(*words) for words in lines if words]


def copy_assets(root: Path) -> int:
    """Checks every asset, then makes the vendor folder anew; returns how many files it holds.

    Raises AssetError before anything is written when a file is missing or its SHA-256 differs.
    """
    assets = read_assets(root / "front" / "assets.txt")
    packages, vendor = root / "node_modules", root / "placement" / "static" / "vendor"
    for asset in assets:
        check_asset(packages / asset.source, asset)
    shutil.rmtree(vendor, ignore_errors=True)
    for asset in assets:
        target = vendor / asset.target
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(packages / asset.source, target)
    return len(assets)


def check_asset(source: Path, asset: Asset) -> None:
    """Raises AssetError unless the file is there and has the SHA-256 of the list."""
    if not source.is_file():
        raise AssetError(
            f"{asset.source} 파일이 없습니다. 먼저 npm ci를 실행하십시오. (missing file, run npm ci first)"
        )
    if hashlib.sha256(source.read_bytes()).hexdigest() != asset.sha256:
        raise AssetError(f"{asset.source} 파일이 front/assets.txt의 SHA-256과 다릅니다. (file differs)")


def main(arguments: list[str]) -> int:
    """Exit status 0 when the vendor folder is complete, 1 with one line on standard error when it is not."""
    root = Path(arguments[0]) if arguments else Path(__file__).resolve().parent.parent
    try:
        count = copy_assets(root)
    except (AssetError, OSError) as error:
        sys.stderr.write(f"화면 자산: {error}\n")
        return 1
    sys.stdout.write(f"화면 자산 {count}개를 placement/static/vendor/에 두었습니다.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
