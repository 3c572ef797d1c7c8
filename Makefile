# Two commands matter: `make demo` (scans to register) and `make test`. Both do all the set-up themselves.
VENV := .venv
PY := $(VENV)/bin/python
export OMP_THREAD_LIMIT := 1
export PYTHONUTF8 := 1
export PREFECT_SERVER_ANALYTICS_ENABLED := false
export DO_NOT_TRACK := 1

.PHONY: help demo test check fuzz setup samples bench model reader lock format clean

help:  ## what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

demo: setup samples  ## from sample scans to a register, with findings
	@SARABAN_HOME=$(CURDIR)/var/demo $(VENV)/bin/saraban demo --inbox samples/inbox

test: setup samples  ## the whole test suite
	@sh scripts/setup.sh test
	$(PY) -m pytest

check: setup  ## format, lint, strict types, import directions
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy
	$(PY) -m pytest tests/test_directions.py

fuzz: setup  ## property tests of parsers and rules with new inputs each time (EXAMPLES=2000)
	SARABAN_FUZZ=$(or $(EXAMPLES),2000) nice $(PY) -m pytest -m hypothesis tests/parsers tests/rules tests/test_understand.py

samples: setup  ## draw the sample scans that are not there yet
	@$(PY) -m samples.make

bench: setup  ## accuracy and speed beside stock Tesseract and OCRmyPDF
	@sh scripts/setup.sh bench
	$(PY) -m samples.make --all
	$(PY) -m benchmarks.accuracy --peers
	$(PY) -m benchmarks.lines
	$(PY) -m benchmarks.speed

model: setup  ## train our Tesseract model further (an hour; DIGITS="…/digits.npz …/digits.png" MINUTES=60)
	nice $(PY) -m training.run --minutes $(or $(MINUTES),60) $(foreach FILE,$(DIGITS),--digits $(FILE))

reader: setup  ## train our network, the second reader, further (PyTorch; DIGITS="…/digits.npz …/digits.png" MINUTES=60)
	nice $(PY) -m training.net.run --minutes $(or $(MINUTES),60) $(foreach FILE,$(DIGITS),--digits $(FILE))

setup: $(VENV)/.ready  ## system packages and the virtual environment

$(VENV)/.ready: requirements/dev.lock pyproject.toml scripts/setup.sh
	@sh scripts/setup.sh
	@touch $@

lock:  ## resolve the versions anew (needs uv)
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate -o requirements/dev.lock
	uv pip compile pyproject.toml --extra dev --extra bench --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate -o requirements/bench.lock
	uv pip compile pyproject.toml --extra dev --extra bench --extra train --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate -o requirements/train.lock

format:  ## format and mend what can be mended
	$(VENV)/bin/ruff format .
	$(VENV)/bin/ruff check --fix .

clean:  ## remove what was made, the register of the demo too
	rm -rf $(VENV) var samples/inbox samples/pages
