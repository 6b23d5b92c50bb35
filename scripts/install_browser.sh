#!/usr/bin/env bash
# Puts what the tests of the HTML page need on a machine: Chromium (on Debian, as root) and axe-core, into .axe.
#   bash scripts/install_browser.sh
# Without either those tests are skipped, and say so.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

VERSION=4.14.1
SHA256=e6b0ce02b84d892e2e33e403485e7f3d6c29e2be6df65daf44d89ba564139745

if ! command -v chromium >/dev/null && command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium
fi

if [ ! -f .axe/axe.min.js ]; then
  mkdir -p .axe
  packed=.axe/axe-core.tgz
  if command -v npm >/dev/null; then
    (cd .axe && npm pack --silent "axe-core@$VERSION" >/dev/null && mv "axe-core-$VERSION.tgz" axe-core.tgz)
  else
    curl --fail --silent --show-error --location --output "$packed" \
      "https://registry.npmjs.org/axe-core/-/axe-core-$VERSION.tgz"
  fi
  echo "$SHA256  $packed" | sha256sum --check --quiet
  tar --extract --gzip --file "$packed" --directory .axe --strip-components 1 package/axe.min.js package/LICENSE
fi
