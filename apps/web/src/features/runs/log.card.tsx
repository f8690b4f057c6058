import { ActionIcon, CloseButton, TextInput } from '@mantine/core';
import type { LogLineView, RunDetailView } from '@patchgate/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { countOf, formatCount } from '../../lib/counts.js';
import { saveFile } from '../../lib/save-file.js';
import { Card } from '../../ui/card.js';
import { Icon } from '../../ui/icon.js';
import { QueryView } from '../../ui/query-view.js';
import { SkeletonRows } from '../../ui/skeleton.js';
import { linesWith, logText } from './log-lines.js';
import { LogLines } from './log-lines.view.js';
import classes from './log.module.css';
import { logQuery } from './run-log.queries.js';

/** What our side did and what the package system of the host says, as it is said. */
export function LogCard({ run }: { run: RunDetailView }) {
  const query = useQuery(logQuery({ jobId: run.job_id, runId: run.id }, useQueryClient()));
  const [sought, setSought] = useState('');
  const lines = query.data;
  const found = useMemo(() => linesWith(lines ?? [], sought), [lines, sought]);
  return (
    <Card
      title="Log"
      note={lines === undefined ? undefined : noteOf(lines, found, sought)}
      padding="flush"
      actions={
        <>
          <TextInput
            className={classes.search ?? ''}
            aria-label="Search the log"
            placeholder="Search"
            value={sought}
            maxLength={200}
            leftSection={<Icon name="search" size={14} />}
            rightSection={
              sought === '' ? null : (
                <CloseButton size="md" aria-label="Clear the search" onClick={() => setSought('')} />
              )
            }
            onChange={(event) => setSought(event.currentTarget.value)}
          />
          <ActionIcon
            variant="default"
            aria-label="Download the log"
            aria-disabled={lines === undefined || lines.length === 0}
            onClick={() =>
              lines !== undefined &&
              lines.length > 0 &&
              saveFile(`${run.fqdn}-${run.id.slice(-8)}.log`, logText(lines), 'text/plain')
            }
          >
            <Icon name="download" />
          </ActionIcon>
        </>
      }
    >
      <QueryView query={query} what="the log" skeleton={<SkeletonRows rows={4} waitsFor="the log" />}>
        {(all) => {
          if (all.length === 0) return <p className={classes.nothing}>Nothing was said yet.</p>;
          if (found.length === 0) return <p className={classes.nothing}>No line has “{sought}” in it.</p>;
          return (
            <LogLines lines={found} sought={sought} mayFollow={run.ended_at === null && sought === ''} />
          );
        }}
      </QueryView>
    </Card>
  );
}

const noteOf = (lines: readonly LogLineView[], found: readonly LogLineView[], sought: string): string =>
  sought === ''
    ? countOf(lines.length, 'line')
    : `${formatCount(found.length)} of ${countOf(lines.length, 'line')}`;
