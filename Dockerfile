# One image for web, worker and beat. The first stage builds the assets and is thrown away.
FROM python:3.13-slim AS assets
WORKDIR /app
COPY . .
RUN python tools/setup.py

FROM python:3.13-slim
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PATH=/venv/bin:$PATH
WORKDIR /app
COPY requirements/base.txt requirements/base.txt
RUN python -m venv /venv \
    && /venv/bin/pip install --no-cache-dir --require-hashes -r requirements/base.txt
COPY . .
COPY --from=assets /app/var/static var/static
# For `manage.py backup` and `restore`.
RUN apt-get update && apt-get install -y --no-install-recommends postgresql-client \
    && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 rdm && mkdir -m 700 /private /tombstones /copies \
    && chown -R rdm var /private /tombstones /copies
USER rdm
EXPOSE 8000
CMD ["gunicorn", "rdm.wsgi", "--bind=0.0.0.0:8000", "--workers=2", "--threads=4", "--worker-tmp-dir=/dev/shm", "--no-control-socket"]
