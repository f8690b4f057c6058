import { EmptyCard } from '../../ui/empty-state.js';
import { LinkButton } from '../../ui/link-button.js';
import { QueryView } from '../../ui/query-view.js';
import { SkeletonRows } from '../../ui/skeleton.js';
import { deploySteps, stepNames } from './deploy-search.js';
import { errorOfStep } from './draft-request.js';
import { HeadlineCard } from './headline.card.js';
import { PreviewHostsCard } from './preview-hosts.card.js';
import classes from './review.module.css';
import type { Order } from './use-order.js';

export function ReviewStep({ order }: { order: Order }) {
  const { request, errors, preview } = order;
  const wrong = deploySteps.find((step) => errorOfStep(step, errors) !== null);
  if (request === null && wrong !== undefined) {
    return (
      <EmptyCard
        icon="warn"
        title={wrong === 'hosts' ? 'No hosts are chosen yet' : `${stepNames[wrong]} needs a change`}
        action={
          <LinkButton to="/deploy" search={{ step: wrong === 'hosts' ? undefined : wrong }}>
            {stepNames[wrong]}
          </LinkButton>
        }
      >
        {wrong === 'hosts'
          ? 'Choose hosts or groups, and this page says of each when it would start and what would stop it.'
          : errorOfStep(wrong, errors)}
      </EmptyCard>
    );
  }
  return (
    <QueryView query={preview} what="what this order would do" skeleton={<ReviewSkeleton />}>
      {(data) => (
        <>
          <HeadlineCard preview={data} />
          <PreviewHostsCard preview={data} hasCanary={(request?.canary ?? 0) > 0} />
        </>
      )}
    </QueryView>
  );
}

function ReviewSkeleton() {
  return (
    <>
      <div className={classes.block}>
        <SkeletonRows rows={4} waitsFor="what this order would do" />
      </div>
      <div className={classes.block}>
        <SkeletonRows rows={9} waitsFor="the hosts of this order" />
      </div>
    </>
  );
}
