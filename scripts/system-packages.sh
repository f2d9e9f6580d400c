#!/bin/sh
# Makes sure that the programs which `make test` drives are there: real browsers, a screen for them, and other
# people's readers of our certificates. As root on Debian it installs what is missing; elsewhere it
# says what is missing and fails.
set -eu

# program : Debian package : what the tests do with it
needed() {
  cat <<'LIST'
chromium chromium the whole main job in a real browser
/usr/lib/chromium/locales/ru.pak chromium-l10n its own windows in Russian
firefox-esr firefox-esr the same in Firefox
pk12util libnss3-tools imports the downloaded file into the browser's store
certutil libnss3-tools makes and reads the browser's store
Xvfb xvfb a screen without a monitor
pdftotext poppler-utils reads the instructions that are made as PDF
xdotool xdotool presses the keys in the browser's own certificate picker
import imagemagick pictures of the screen
dbus-daemon dbus-daemon the bus over which a browser's own windows are read
/usr/libexec/at-spi-bus-launcher at-spi2-core reads the browser's own windows: the picker's lines
setpriv util-linux ends what a test started together with the test
nginx nginx a TLS server that uses our revocation list, and the bench's peer
openssl openssl reads certificates, PKCS#12 files and revocation lists
certtool gnutls-bin reads PKCS#12 files
curl curl clients without a browser
/usr/share/adminer/adminer/index.php adminer an application that knows nothing of us, behind the gate
php php-cli runs it
faketime faketime a year that passes, for a certificate to expire
ps procps looks at the server's processes
/engine/gost libengine-gost-openssl the oracle for GOST algorithms
LIST
}

present() {
  case $1 in
    /engine/gost) openssl engine gost >/dev/null 2>&1 ;;
    # Other systems name the same browsers differently.
    chromium) command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 ;;
    firefox-esr) command -v firefox-esr >/dev/null 2>&1 || command -v firefox >/dev/null 2>&1 ;;
    /usr/*) [ -e "$1" ] ;;
    *) command -v "$1" >/dev/null 2>&1 || [ -x "/usr/sbin/$1" ] ;;
  esac
}

# One line each of what is missing.
missing() {
  needed | while read -r program package why; do
    present "$program" || printf '%s %s %s\n' "$program" "$package" "$why"
  done
}

packages_of() { printf '%s\n' "$1" | while read -r _ package _; do printf '%s\n' "$package"; done | sort -u | tr '\n' ' '; }

absent=$(missing)
[ -n "$absent" ] || exit 0
packages=$(packages_of "$absent")
packages=${packages% }

if ! command -v apt-get >/dev/null 2>&1; then
  {
    printf 'propusk: the tests need programs that are not here, and this is not Debian:\n'
    printf '%s\n' "$absent" | while read -r program _ why; do printf '  %s: %s\n' "${program#/engine/}" "$why"; done
    printf '  Install them with the means of this system, then try again.\n'
  } >&2
  exit 1
fi

if [ "$(id -u)" -ne 0 ]; then
  {
    printf 'propusk: the tests need system packages that are not installed:\n'
    printf '%s\n' "$absent" | while read -r _ package why; do printf '  %s: %s\n' "$package" "$why"; done
    printf '  As root: apt-get update && apt-get install -y --no-install-recommends %s\n' "$packages"
  } >&2
  exit 1
fi

printf 'propusk: installing system packages: %s\n' "$packages" >&2
export DEBIAN_FRONTEND=noninteractive
# Hundreds of lines that nobody reads while it works, and the first thing to read when it does not.
log=$(apt-get update -q </dev/null 2>&1) || {
  printf '%s\npropusk: apt-get update failed\n' "$log" >&2
  exit 1
}
# shellcheck disable=SC2086 # several packages
log=$(apt-get install -y -q --no-install-recommends $packages </dev/null 2>&1) || {
  printf '%s\npropusk: apt-get install failed\n' "$log" >&2
  exit 1
}

absent=$(missing)
if [ -n "$absent" ]; then
  printf 'propusk: still missing after the installation:\n%s\n' "$absent" >&2
  exit 1
fi
