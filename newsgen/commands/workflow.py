"""The workflow with which GitHub publishes a site: at each push, and when the clock alone changes it.

GitHub's schedules are fixed in the file, so it cannot be told an instant. Each hour the job asks `newsgen schedule` for
the first instant after the last publication, and publishes if that has passed.
"""

from __future__ import annotations

__all__ = ["GITHUB_WORKFLOW", "WORKFLOW_PATH"]

WORKFLOW_PATH = ".github/workflows/publish.yml"
GITHUB_WORKFLOW = """\
# Publishes the site to GitHub Pages: at each push, and within the hour after an embargo ends or a story expires.
# Settings → Pages → Source must be "GitHub Actions".
name: Publish

on:
  push:
    branches: [main, master]
  schedule:
    - cron: "7 * * * *"  # GitHub starts many jobs at the full hour, and late; every quarter of an hour: "2/15 * * * *"
  workflow_dispatch:

permissions:
  contents: write  # the branch gh-pages, and the ledger of addresses
  pages: write
  id-token: write

concurrency:
  group: publish  # one at a time; none is broken off

env:  # git asks the environment for the token, so that it is in no file and no command
  GITHUB_TOKEN: ${{ github.token }}
  GIT_CONFIG_COUNT: "1"
  GIT_CONFIG_KEY_0: credential.helper
  GIT_CONFIG_VALUE_0: '!f() { test "$1" = get && echo username=x-access-token && echo "password=$GITHUB_TOKEN"; }; f'

jobs:
  publish:
    runs-on: ubuntu-latest
    environment:
      name: github-pages
      url: ${{ steps.deployment.outputs.page_url }}
    steps:
      - uses: actions/checkout@v5
        with:
          persist-credentials: false

      - uses: actions/setup-python@v6
        with:
          python-version: "3.13"

      - name: Install newsgen
        run: pip install -r requirements.txt

      - name: Take over what the last run knew and made
        uses: actions/cache@v4
        with:
          path: |
            .newsgen
            build
          key: newsgen-${{ github.run_id }}-${{ github.run_attempt }}
          restore-keys: newsgen-

      - name: Ask whether something is due
        id: due
        run: |
          due=true
          if [ "$GITHUB_EVENT_NAME" = schedule ] && git fetch --quiet --depth 1 origin gh-pages; then
            last=$(git log -1 --format=%cI FETCH_HEAD)
            newsgen schedule --now "$last" --format json > "$RUNNER_TEMP/schedule.json"
            due=$(python - "$RUNNER_TEMP/schedule.json" <<'END'
          import json, sys
          from datetime import datetime, timezone
          at = json.load(open(sys.argv[1]))["next"]
          print("true" if at and datetime.fromisoformat(at) <= datetime.now(timezone.utc) else "false")
          END
            )
          fi
          echo "due=$due" >> "$GITHUB_OUTPUT"

      - name: Publish to the branch gh-pages
        if: steps.due.outputs.due == 'true'
        run: newsgen publish live

      - name: Keep the ledger of addresses
        if: steps.due.outputs.due == 'true'
        run: |
          git add content/_urls.tsv
          if ! git diff --cached --quiet; then
            git config user.name "github-actions[bot]"
            git config user.email "41898282+github-actions[bot]@users.noreply.github.com"
            git commit --quiet -m "Addresses that were published"
            git pull --quiet --rebase origin "$GITHUB_REF_NAME"
            git push --quiet origin "HEAD:$GITHUB_REF_NAME"
          fi

      - name: Take the branch for GitHub Pages
        if: steps.due.outputs.due == 'true'
        run: |
          git clone --quiet --depth 1 --branch gh-pages "$(git remote get-url origin)" "$RUNNER_TEMP/site"
          rm -rf "$RUNNER_TEMP/site/.git"

      - uses: actions/upload-pages-artifact@v5
        if: steps.due.outputs.due == 'true'
        with:
          path: ${{ runner.temp }}/site
          include-hidden-files: true
          retention-days: "1"

      - uses: actions/deploy-pages@v5
        id: deployment
        if: steps.due.outputs.due == 'true'
"""
