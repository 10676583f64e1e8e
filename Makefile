# Two commands do everything on a machine with Python 3.11+ and make: `make audit` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
PARAMS ?= params/lanshan-employment-2023.yaml
# Jupyter refuses to run as root unless told that this is meant, as in a container.
AS_ROOT := $(if $(filter 0,$(shell id -u 2>/dev/null)),--allow-root)

# One more than there are cores: a fifth of the time tests wait for processes that they start.
WORKERS ?= $(shell $(PYTHON) -c 'import os; print((os.cpu_count() or 1) + 1)')

DEMO := out/demo

.PHONY: help audit demo test lab bench quality fuzz mutation notebooks ocr lock clean

help:
	@echo "make audit      审核样例部门（PARAMS=params/NAME.yaml 可换），写出 out/…/memo.html"
	@echo "make demo       审核 60 份虚构部门决算，与植入的差错对照，打开总览（几分钟）"
	@echo "make test       静态检查、单元测试、笔记本回归（nbval）"
	@echo "make lab        在 JupyterLab 中逐格查看笔记本"
	@echo "make bench      速度：引擎每份文件、批量的笔记本与原样的 papermill 对照"
	@echo "make quality    质量：在各省用语的句子上读数、查错的准确率和召回率；在虚构部门的表和说明中植入错误后查出、定位多少；与上年决算、预算、所属单位之间的差异提出多少；结果写入 docs/quality.md 和 README"
	@echo "make fuzz       用损坏的文件试每个读取器、数字、语法和核对（MINUTES=30，TARGET=pdf 只试一种）"
	@echo "make mutation   逐处改动判定与定位的代码，看测试能否发觉"
	@echo "make ocr        加装文字识别（读扫描件和图片用，可不装）"
	@echo "make notebooks  重新执行并保存笔记本的输出"

# Bytecode is made when a module is first imported: compiling every package beforehand takes longer than all the rest.
$(STAMP): requirements.lock pyproject.toml
	@echo "== 准备 $(VENV)（首次一至三分钟）"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "需要 Python 3.11 或更高：make PYTHON=python3.11"; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --require-hashes --requirement requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

ocr: $(STAMP) requirements-ocr.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --require-hashes --requirement requirements-ocr.lock
	@echo "已装好文字识别，扫描件和图片现在可以直接审核：$(BIN)/gouji audit 文件"

audit: $(STAMP)
	@$(BIN)/gouji audit --params $(PARAMS)

demo: $(STAMP)
	@test -d $(DEMO)/params || $(BIN)/gouji fictitious $(DEMO) --number 60 --seed 6 --unusable 2
	@$(BIN)/gouji batch $(DEMO)/params --out $(DEMO)/out || test $$? = 1
	@$(BIN)/gouji fictitious $(DEMO) --compare $(DEMO)/out
	@$(BIN)/gouji portfolio --ledger $(DEMO)/out/ledger --out $(DEMO)/portfolio --open

test: $(STAMP)
	@echo "== ruff"
	@$(BIN)/ruff check lib tests benchmarks && $(BIN)/ruff format --check lib tests benchmarks
	@echo "== mypy"
	@$(BIN)/mypy
	@echo "== pytest"
	@$(BIN)/python -m pytest tests --numprocesses $(WORKERS) --dist worksteal
	@echo "== nbval：笔记本输出与提交的一致"
	@$(BIN)/python -m pytest --nbval notebooks --numprocesses $(WORKERS) --dist loadfile

# JupyterLab asks whether to fetch news unless its settings (`overrides.json`) say no; `news_url` alone does not stop it.
lab: $(STAMP)
	@$(BIN)/jupyter lab notebooks $(AS_ROOT) --LabApp.custom_css=True \
		--ServerApp.jpserver_extensions=gouji.lab=True --LabApp.app_settings_dir="$(CURDIR)/notebooks/.jupyterlab" \
		--LabApp.news_url=None --LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate

bench: $(STAMP)
	@$(BIN)/python -m benchmarks
	@$(BIN)/python -m benchmarks.kernels
	@$(BIN)/python -m benchmarks.batches

quality: $(STAMP)
	@$(BIN)/python -m benchmarks.quoted
	@test -z "$$GOUJI_CORPUS" || $(BIN)/python -m benchmarks.scans "$$GOUJI_CORPUS"/corpus/*-putuo-*.pdf

# Both need what the audit does not, and only Linux has: it is installed when first asked for.
MINUTES ?= 30
TARGET ?= text word sheet web pdf figure grammar checker parameters

fuzz: $(STAMP)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check 'atheris>=3.0'
	@for target in $(TARGET); do $(BIN)/python -m benchmarks.fuzz $$target --minutes $(MINUTES) || exit 1; done

mutation: $(STAMP)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check 'cosmic-ray>=8.4'
	@$(BIN)/python -m benchmarks.mutation

notebooks: $(STAMP)
	@$(BIN)/python tests/support/refresh_notebooks.py

lock:
	@uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		--extra build --extra cluster --extra lab --extra test pyproject.toml --output-file requirements.lock
	@uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		--extra ocr --constraint requirements.lock pyproject.toml --output-file requirements-ocr.lock

clean:
	rm -rf $(VENV) out .pytest_cache .mypy_cache .ruff_cache .hypothesis
