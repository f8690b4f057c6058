import { Button } from '@mantine/core';
import type { MaintenanceWindowView } from '@patchgate/contracts';
import { announce } from '../../lib/notices.js';
import { useForm } from '../../lib/use-form.js';
import type { Form } from '../../lib/use-form.js';
import { Dialog } from '../../ui/dialog.js';
import { FormRefusal, SubmitButton } from '../../ui/form-parts.js';
import { PreviewPane } from './preview-pane.js';
import { WindowFields } from './window-fields.js';
import classes from './window-form.module.css';
import { readableChange, readableWindow, toChangeBody, toWindowBody, valuesOf } from './window-values.js';
import type { WindowValues } from './window-values.js';
import { kindWords } from './window-words.js';
import { useCreateWindow, useUpdateWindow } from './windows.mutations.js';

export function CreateWindowDialog({ initial, onClose }: { initial: WindowValues; onClose: () => void }) {
  const create = useCreateWindow();
  const word = kindWords[initial.kind];
  const form = useForm({
    initial,
    schema: readableWindow,
    toBody: toWindowBody,
    send: async (body) => {
      const { name } = await create.mutateAsync(body);
      announce(`${name} added.`);
      onClose();
    },
  });
  return (
    <WindowDialog title={`Add ${word}`} submit={`Add ${word}`} form={form} window={null} onClose={onClose} />
  );
}

interface EditProps {
  window: MaintenanceWindowView;
  onDelete: () => void;
  onClose: () => void;
}

export function EditWindowDialog({ window, onDelete, onClose }: EditProps) {
  const update = useUpdateWindow(window.id);
  const form = useForm({
    initial: valuesOf(window),
    schema: readableChange,
    toBody: toChangeBody,
    send: async (body) => {
      const { name } = await update.mutateAsync(body);
      announce(`${name} saved.`);
      onClose();
    },
  });
  return (
    <WindowDialog
      title={`Edit ${window.name}`}
      submit="Save"
      form={form}
      window={window}
      onDelete={onDelete}
      onClose={onClose}
    />
  );
}

interface WindowDialogProps {
  title: string;
  submit: string;
  form: Form<WindowValues>;
  window: MaintenanceWindowView | null;
  onDelete?: () => void;
  onClose: () => void;
}

/** The fields of a window, and beside them what they come to. */
function WindowDialog({ title, submit, form, window, onDelete, onClose }: WindowDialogProps) {
  return (
    <Dialog
      onClose={onClose}
      title={title}
      size={920}
      padding={0}
      classNames={{ header: classes.head, body: classes.body }}
    >
      <form noValidate onSubmit={form.onSubmit}>
        <div className={classes.columns}>
          <div className={classes.fields}>
            <WindowFields form={form} window={window} />
            <FormRefusal form={form} />
          </div>
          <PreviewPane values={form.values} />
        </div>
        <div className={classes.actions}>
          {onDelete && (
            <Button variant="danger" onClick={onDelete} mr="auto">
              Delete
            </Button>
          )}
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <SubmitButton form={form}>{submit}</SubmitButton>
        </div>
      </form>
    </Dialog>
  );
}
