#!/bin/sh
# Sets up everything Saraban needs: system packages, then a virtual environment with locked versions.
# With the word `bench`: also what the benchmarks' peers need; with `train`: also what training needs.
# With the word `test`: also the servers, the browser and the PDF/A validator that some tests use; those tests are
# skipped where these cannot be installed, so that is no failure.
set -eu
cd "$(dirname "$0")/.."
want="${1:-dev}"
if [ "$want" = test ]; then
    command -v apt-get >/dev/null 2>&1 || exit 0
    lacking=""
    ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || lacking="$lacking postgresql"
    [ -x /usr/sbin/dovecot ] || lacking="$lacking dovecot-imapd"
    command -v chromium >/dev/null 2>&1 || lacking="$lacking chromium"
    [ -e /usr/share/java/preflight.jar ] || lacking="$lacking libpdfbox2-java libactivation-java libjaxb-api-java"
    command -v java >/dev/null 2>&1 || lacking="$lacking default-jre-headless"
    [ -n "$lacking" ] || exit 0
    sudo=""
    [ "$(id -u)" = 0 ] || sudo="sudo -n"
    export DEBIAN_FRONTEND=noninteractive RUNLEVEL=1  # install the servers, but do not start them
    echo "Installing what some tests use:$lacking" >&2
    $sudo apt-get -qq update >/dev/null 2>&1 || true
    for one in $lacking; do  # each by itself: one that is not to be had keeps no other away
        $sudo apt-get -qq install -y --no-install-recommends "$one" >/dev/null 2>&1 ||
            echo "Not installed; the tests that use it will be skipped: $one" >&2
    done
    exit 0
fi
packages="tesseract-ocr fonts-thai-tlwg-ttf fonts-tlwg-laksaman-ttf libfribidi0 python3-venv"
[ "$want" = bench ] && packages="$packages tesseract-ocr-tha tesseract-ocr-script-thai ghostscript"

missing() {
    command -v tesseract >/dev/null 2>&1 || echo tesseract-ocr
    # python3-venv matters only while there is no environment yet
    [ -x .venv/bin/python ] || python3 -c 'import ensurepip, venv' 2>/dev/null || echo python3-venv
    fonts="${SARABAN_FONTS:-/usr/share/fonts/truetype/tlwg}"
    ls "$fonts"/Norasi.ttf >/dev/null 2>&1 || echo fonts-thai-tlwg-ttf
    ls "$fonts"/Laksaman.ttf >/dev/null 2>&1 || echo fonts-tlwg-laksaman-ttf
    [ "$want" = bench ] || return 0
    tesseract --list-langs 2>/dev/null | grep -qx tha || echo tesseract-ocr-tha tesseract-ocr-script-thai
    command -v gs >/dev/null 2>&1 || echo ghostscript
}

tell() {
    cat >&2 <<MESSAGE

ยังขาดโปรแกรมของระบบ: $1
ติดตั้งเองด้วยคำสั่งต่อไปนี้ แล้วสั่ง make ซ้ำอีกครั้ง
These system packages are missing: $1
Install them, then run make again:
  Debian, Ubuntu  sudo apt-get install $packages
  macOS           brew install tesseract && brew install --cask font-sarabun   (the samples also need the TLWG fonts: set SARABAN_FONTS)
  Windows         winget install UB-Mannheim.TesseractOCR   (use WSL with Debian for make; the samples need the TLWG fonts)
MESSAGE
    exit 1
}

lacking="$(missing | tr '\n' ' ' | sed 's/ *$//')"
if [ -n "$lacking" ]; then
    echo "Installing system packages: $lacking" >&2
    command -v apt-get >/dev/null 2>&1 || tell "$lacking"
    if [ "$(id -u)" = 0 ]; then sudo=""
    elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then sudo="sudo -n"
    else tell "$lacking"; fi
    export DEBIAN_FRONTEND=noninteractive
    # shellcheck disable=SC2086 # words on purpose
    { $sudo apt-get -qq update && $sudo apt-get -qq install -y --no-install-recommends $lacking libfribidi0 >/dev/null; } || tell "$lacking"
fi

if [ ! -x .venv/bin/python ]; then
    python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed." >&2; exit 1; }
    python3 -m venv .venv
fi
lock="requirements/$want.lock"
stamp=".venv/.installed-$want"
if ! cmp -s "$lock" "$stamp"; then
    echo "Installing Python packages from $lock" >&2
    # --no-deps: the lock is whole; left to look for dependencies, pip 23 stumbles over extras once a newer version is out
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r "$lock"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
    .venv/bin/python -m pip check --disable-pip-version-check >&2 || { echo "The lock $lock is not whole." >&2; exit 1; }
    cp "$lock" "$stamp"
fi
