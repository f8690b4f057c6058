import { TextInput } from '@mantine/core';
import { Card } from '../../ui/card.js';
import { Note } from '../../ui/note.js';
import { ChoiceList } from './choice-list.js';
import classes from './deploy.module.css';
import type { Order } from './use-order.js';
import { WindowBoardCard } from './window-board.card.js';

export function WhenStep({ order }: { order: Order }) {
  const { draft, change, errors } = order;
  return (
    <>
      <Card title="When hosts may start">
        <ChoiceList
          label="When hosts may start"
          value={draft.schedule}
          onChange={(schedule) => change({ schedule })}
          choices={[
            {
              value: 'window',
              label: 'In the maintenance window of each host',
              text: 'The one that is open, or the next. What has not started when it closes fails and is not touched.',
            },
            {
              value: 'now',
              label: 'Now, with a deadline',
              text: 'At once, in or out of maintenance windows. Blackouts still hold.',
            },
          ]}
        />
        {draft.schedule === 'now' && (
          <div className={classes.fields}>
            <TextInput
              label="Deadline, in minutes"
              inputMode="numeric"
              value={draft.deadline_minutes}
              onChange={(event) => change({ deadline_minutes: event.currentTarget.value })}
              error={errors.deadline_minutes}
              aria-invalid={errors.deadline_minutes !== undefined}
              description="How long hosts may wait at their gate. Those that have not started by then fail untouched."
            />
            <Note tone="wait">
              The maintenance windows of the hosts do not count: people may be at work on them.
            </Note>
          </div>
        )}
      </Card>
      <WindowBoardCard order={order} />
    </>
  );
}
