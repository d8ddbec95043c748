FROM python:3.12-slim
WORKDIR /onrecord
COPY requirements/run.lock requirements/run.lock
RUN pip install --no-cache-dir --require-hashes -r requirements/run.lock
COPY . .
RUN pip install --no-cache-dir --no-deps --no-build-isolation . && useradd --create-home reporter
USER reporter
CMD ["onrecord", "app", "--address", "0.0.0.0"]
