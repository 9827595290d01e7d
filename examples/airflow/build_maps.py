"""An Airflow DAG: build the maps every night, check the store, and keep copies of it.

Each task is a command, so that a worker needs nothing of geoconflict but its environment at /srv/war/.venv. A task that is
killed or cleared is safe to run again: the next run goes on where it ended. For Airflow 3.
"""

from __future__ import annotations

import datetime as dt

from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG

WAR = "/srv/war"
GEOCONFLICT = f"cd {WAR} && .venv/bin/geoconflict"

with DAG(
    dag_id="geoconflict_maps",
    description="Build the maps of the war from new reports",
    schedule="15 3 * * *",
    start_date=dt.datetime(2024, 1, 1, tzinfo=dt.UTC),
    catchup=False,  # one build reads all that is new, whatever the day
    max_active_runs=1,
    default_args={"retries": 2, "retry_delay": dt.timedelta(minutes=10), "execution_timeout": dt.timedelta(hours=6)},
) as dag:
    build = BashOperator(
        task_id="build",
        # 3: finished, and some reports could not be read; run.json names them.
        bash_command=f"{GEOCONFLICT} build --log-format json --report run.json || [ $? -eq 3 ]",
    )
    check = BashOperator(task_id="check", bash_command=f"{GEOCONFLICT} store check")
    backup = BashOperator(task_id="backup", bash_command=f"{GEOCONFLICT} store backup backups --keep 14")
    build >> check >> backup
