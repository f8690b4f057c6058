import { countOf } from '../../lib/counts.js';
import { Card } from '../../ui/card.js';
import { ChoiceList } from './choice-list.js';
import classes from './deploy.module.css';
import { PackagePicker } from './package-picker.js';
import type { Order } from './use-order.js';

export function PackagesStep({ order }: { order: Order }) {
  const { draft, change, errors, preview, isPreviewed } = order;
  const kinds = isPreviewed && preview.data ? countOf(preview.data.package_kinds, 'kind') : null;
  const noteOf = (selection: typeof draft.selection) =>
    selection === draft.selection && kinds !== null ? `${kinds} of package now` : undefined;
  return (
    <>
      <Card title="Which packages">
        <ChoiceList
          label="Which packages"
          value={draft.selection}
          onChange={(selection) => change({ selection })}
          choices={[
            {
              value: 'security',
              label: 'Security only',
              text: 'What the agents call security updates. Agents that cannot tell are left without any.',
              note: noteOf('security'),
            },
            {
              value: 'all',
              label: 'Everything outstanding',
              text: 'Every package with a newer version.',
              note: noteOf('all'),
            },
            {
              value: 'named',
              label: 'Chosen packages',
              text: 'Only the packages you name, and what they need.',
              note: noteOf('named'),
            },
          ]}
        />
        <p className={classes.quiet}>
          Which versions is decided on each host when it starts, so that later patches of these kinds are in.
        </p>
      </Card>
      {draft.selection === 'named' && (
        <PackagePicker
          title="Chosen packages"
          order={order}
          chosen={draft.packages}
          error={errors.packages}
          onChange={(packages) => change({ packages })}
        />
      )}
      <PackagePicker
        title="Leave out"
        order={order}
        chosen={draft.exclude}
        error={errors.exclude}
        onChange={(exclude) => change({ exclude })}
      />
    </>
  );
}
