import type { HealthCheckView, HostView } from '@patchgate/contracts';
import { useState } from 'react';
import { Dialog } from '../../ui/dialog.js';
import { FilterChoice } from '../../ui/filter-choice.js';
import { CheckForm } from './check-form.js';
import classes from './check-form.module.css';
import { newValues, valuesOf } from './check-values.js';
import type { CheckValues } from './check-values.js';
import { checkTypes, typeWords } from './check-words.js';
import type { CheckType } from './check-words.js';

interface EditCheckDialogProps {
  host: HostView;
  /** Null adds one. */
  check: HealthCheckView | null;
  onClose: () => void;
}

export function EditCheckDialog({ host, check, onClose }: EditCheckDialogProps) {
  const [type, setType] = useState<CheckType>(check?.check_type ?? 'http');
  const [kept, setKept] = useState<Partial<CheckValues>>({});
  const initial = check === null ? { ...newValues(type, host), ...kept } : valuesOf(check, host);
  return (
    <Dialog
      onClose={onClose}
      title={check === null ? 'Add check' : `Edit ${check.name}`}
      size={920}
      padding={0}
      classNames={{ header: classes.head, body: classes.body }}
    >
      {check === null && (
        <div className={classes.type}>
          <FilterChoice
            label="Type"
            choices={checkTypes.map((value) => ({ value, label: typeWords[value] }))}
            value={type}
            onChange={setType}
          />
        </div>
      )}
      <CheckForm
        // What was typed for one type means nothing for another, except the name.
        key={type}
        host={host}
        check={check}
        type={type}
        initial={initial}
        onKeep={setKept}
        onClose={onClose}
      />
    </Dialog>
  );
}
