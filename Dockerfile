# One image for the web server, the worker and beat: docker-compose.yml says which command each of them runs.
FROM python:3.12-slim-bookworm

ENV PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    PINS_DATA_DIR=/data \
    PINS_STATIC_ROOT=/app/staticfiles

# What WeasyPrint draws with, and the typeface of the reports.
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-liberation \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --create-home --uid 10001 pins \
    && install -d -o pins -g pins -m 0700 /data

WORKDIR /app
COPY requirements/bootstrap.txt requirements/base.txt requirements/
RUN pip install --no-cache-dir --require-hashes -r requirements/bootstrap.txt \
    && uv pip install --system --no-cache --compile-bytecode --require-hashes -r requirements/base.txt

COPY . .
RUN SECRET_KEY=only-while-building PINS_DATA_DIR=/tmp/build python manage.py collectstatic --no-input --verbosity 0 \
    && rm -rf /tmp/build

USER pins
VOLUME /data
EXPOSE 8000
ENV GRANIAN_HOST=0.0.0.0 \
    GRANIAN_PORT=8000
CMD ["python", "-m", "granian", "--interface=wsgi", "--blocking-threads=1", "--respawn-failed-workers", "pins.wsgi:application"]
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s CMD ["python", "-m", "pins.probe", "healthz"]
