import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useId, useState } from 'react';
import { countOf } from '../../lib/counts.js';
import { announce } from '../../lib/notices.js';
import { CheckField } from '../../ui/check-field.js';
import { LinkButton } from '../../ui/link-button.js';
import { Note } from '../../ui/note.js';
import { useCreateJob } from './deploy.mutations.js';
import { withoutLeftOut } from './draft-request.js';
import classes from './order.module.css';
import { obstacleToOrder } from './order-obstacle.js';
import { risksOf, startingOf } from './preview-words.js';
import type { Order } from './use-order.js';

/** Risks are accepted one by one; the button stays off with the reason under it. */
export function OrderNow({ order }: { order: Order }) {
  const hintId = useId();
  const navigate = useNavigate();
  const create = useCreateJob();
  // Not kept with the draft: what was accepted once is looked at anew when the page is.
  const [accepted, setAccepted] = useState<ReadonlySet<string>>(new Set());
  const { request, preview, refusal, draft } = order;
  const risks = preview.data === undefined ? [] : risksOf(preview.data);
  const waiting = preview.data?.counts.would_wait ?? 0;
  const starting = preview.data === undefined ? 0 : startingOf(preview.data);
  const obstacle = create.isPending ? 'Sending…' : obstacleToOrder(order, accepted);

  const toggle = (key: string): void =>
    setAccepted((before) => {
      const after = new Set(before);
      if (!after.delete(key)) after.add(key);
      return after;
    });
  const send = async (): Promise<void> => {
    if (obstacle !== null || request === null || preview.data === undefined) return;
    try {
      const job = await create.mutateAsync(withoutLeftOut(request, preview.data));
      announce(`Job ${job.number} is ordered.`);
      await navigate({ to: '/jobs/$jobId', params: { jobId: job.id } });
      order.begin();
    } catch (error) {
      order.refuse(error);
    }
  };

  return (
    <>
      {(risks.length > 0 || waiting > 0) && (
        <div className={classes.part}>
          <h3>Before it starts</h3>
          {risks.map(({ key, text }) => (
            <CheckField key={key} label={text} checked={accepted.has(key)} onChange={() => toggle(key)} />
          ))}
          {waiting > 0 && (
            <Note tone="wait">
              {countOf(waiting, 'host')} would wait at the gate now. Each is patched only if that changes,
              else its run fails when the window closes.
            </Note>
          )}
        </div>
      )}
      <div className={classes.go}>
        {refusal?.form != null && (
          <div className={classes.hint}>
            <Note tone="bad" live>
              {refusal.form}
              {refusal.requestId !== null && <div>Request {refusal.requestId}</div>}
            </Note>
          </div>
        )}
        <Button
          className={classes.next ?? ''}
          // Not disabled: it keeps the focus, and readers hear why it is off.
          aria-disabled={obstacle !== null}
          data-disabled={obstacle !== null}
          aria-describedby={obstacle === null ? undefined : hintId}
          onClick={() => void send()}
        >
          {draft.schedule === 'now' ? 'Start' : 'Schedule'} {countOf(starting, 'host')}
        </Button>
        <LinkButton to="/deploy" search={{ step: 'roll-out' }} variant="default">
          Back
        </LinkButton>
        {obstacle !== null && (
          <p className={classes.hint} id={hintId}>
            {obstacle}
          </p>
        )}
      </div>
    </>
  );
}
