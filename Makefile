# What people and CI type. Bare `make` lists the targets; the work is in scripts/.

.DEFAULT_GOAL := help
.PHONY: help run login test check benchmark lock

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "make %-9s %s\n", $$1, $$2}' Makefile

run: ## serve Dateline at http://127.0.0.1:8000/ (HOST=, PORT= and DATABASE_URL= choose otherwise)
	@scripts/run

login: ## create a login for the admin
	@scripts/venv runtime
	@.venv/bin/python manage.py migrate --verbosity 0
	@.venv/bin/python manage.py createsuperuser

test: ## check everything: style, types, architecture, tests on SQLite, on PostgreSQL and in a browser
	@scripts/test

check: ## the part of the test that runs no tests: style, types, architecture
	@scripts/check

benchmark: ## measure speed at a million events beside other servers, and write benchmarks/RESULTS.md (hours)
	@scripts/benchmark

lock: ## choose the newest allowed versions and write requirements/ (needs uv)
	@scripts/lock
