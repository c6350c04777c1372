#!/usr/bin/env bash
# The site with the synthetic partnership on this computer only. Everything it keeps lies in ./site-data.
set -euo pipefail
cd "$(dirname "$0")/.."
export WARDWISE_SITE_DEMO=1 WARDWISE_SITE_DATA=${WARDWISE_SITE_DATA:-site-data} DJANGO_SETTINGS_MODULE=partnership.site.settings
port=${PORT:-8300}
[ -d demo/store ] || .venv/bin/wardwise demo --out demo
.venv/bin/wardwise-site demo --store demo/store
.venv/bin/wardwise-site collectstatic --noinput --verbosity 0
echo
echo "The site is at http://127.0.0.1:$port (Ctrl+C ends it)."
exec .venv/bin/granian --interface wsgi --host 127.0.0.1 --port "$port" --workers 1 --no-log partnership.site.wsgi:application
