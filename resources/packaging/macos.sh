#!/bin/sh
# Signs dist/Vigil.app, makes the disk image, and has Apple notarise it. Run on macOS from the
# project's folder, after `python3 dev.py package`:
#
#   IDENTITY="Developer ID Application: NAME (TEAM)" PROFILE=vigil sh resources/packaging/macos.sh
#
# PROFILE is a keychain profile made once with `xcrun notarytool store-credentials`. Without
# IDENTITY the program is signed for this machine only (ad hoc), and the image is not notarised.
set -eu
version=$(sed -n 's/^VERSION = "\(.*\)"$/\1/p' backend/contract/version.py)
app=dist/Vigil.app
image=dist/vigil-$version-macos-$(uname -m).dmg
rights=resources/packaging/entitlements.plist
if [ -n "${IDENTITY:-}" ]; then time=--timestamp; else time=--timestamp=none; fi

# From the inside out: a signature covers what lies below it. The hardened runtime is what
# notarisation asks for.
find "$app/Contents" -type f \( -name '*.dylib' -o -name '*.so' -o -perm -u+x \) -print0 |
    xargs -0 codesign --force "$time" --options runtime --sign "${IDENTITY:--}"
codesign --force "$time" --options runtime --entitlements "$rights" --sign "${IDENTITY:--}" "$app"
codesign --verify --deep --strict "$app"

stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
cp -R "$app" "$stage"
ln -s /Applications "$stage/Applications"
hdiutil create -volname Vigil -srcfolder "$stage" -format UDZO -ov "$image"

if [ -n "${IDENTITY:-}" ]; then
    codesign --timestamp --sign "$IDENTITY" "$image"
    xcrun notarytool submit "$image" --keychain-profile "$PROFILE" --wait
    xcrun stapler staple "$image"
fi
shasum -a 256 "$image"
