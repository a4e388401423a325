#!/bin/sh
# Debian's Chromium and a Chinese font for the browser tests, installed where this user may. Never fails:
# without them the tests say that they skip the browser.

missing=
for browser in "$CHROMIUM" chromium chromium-browser google-chrome; do
    [ -n "$browser" ] && command -v "$browser" >/dev/null && found=yes && break
done
[ -z "$found" ] && missing=chromium
if [ -z "$(fc-list :lang=zh 2>/dev/null)" ]; then missing="$missing fontconfig fonts-noto-cjk"; fi
[ -z "$missing" ] && exit 0

by_hand() {
    echo "The browser tests need: $missing. $1"
    exit 0
}
command -v apt-get >/dev/null || by_hand "Install them, or set CHROMIUM to the path of a Chromium."
if [ "$(id -u)" = 0 ]; then
    as_root=
elif sudo -n true 2>/dev/null; then
    as_root="sudo -n"
else
    by_hand "Install them with: sudo apt-get install $missing"
fi
echo "Installing for the browser tests: $missing"
export DEBIAN_FRONTEND=noninteractive
$as_root apt-get update -qq >/dev/null 2>&1
$as_root apt-get install -y -qq --no-install-recommends $missing >/dev/null 2>&1 || by_hand "apt-get could not install them."
