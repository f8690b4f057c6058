import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { id } from '@patchgate/contracts';
import type { GroupView } from '@patchgate/contracts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { announce } from '../../lib/notices.js';
import { chosen } from '../../lib/chosen.js';
import { useForm } from '../../lib/use-form.js';
import { FormDialog } from '../../ui/form-dialog.js';
import { useMembership } from './groups.mutations.js';
import { groupUsersQuery, hostChoicesQuery, userChoicesQuery } from './groups.queries.js';

interface AddMemberProps {
  group: GroupView;
  onClose: () => void;
}

export function AddPersonDialog({ group, onClose }: AddMemberProps) {
  const { addUser } = useMembership(group.id);
  const [typed, setTyped] = useState('');
  const [q] = useDebouncedValue(typed, 200);
  const members = useQuery(groupUsersQuery(group.id));
  const choices = useQuery(userChoicesQuery(q));
  const inside = new Set(members.data?.items.map((person) => person.id));
  return (
    <ChoiceDialog
      title={`Add a person to ${group.name}`}
      label="Person"
      submit="Add person"
      isFailed={choices.isError}
      options={(choices.data?.items ?? [])
        .filter((person) => !inside.has(person.id))
        .map((person) => ({ value: person.id, label: `${person.display_name} (${person.username})` }))}
      onType={setTyped}
      send={(userId) => addUser.mutateAsync(userId)}
      done={`Added to ${group.name}.`}
      onClose={onClose}
    />
  );
}

export function AddHostDialog({ group, onClose }: AddMemberProps) {
  const { addHost } = useMembership(group.id);
  const [typed, setTyped] = useState('');
  const [q] = useDebouncedValue(typed, 200);
  const choices = useQuery(hostChoicesQuery(q));
  return (
    <ChoiceDialog
      title={`Add a host to ${group.name}`}
      label="Host"
      submit="Add host"
      isFailed={choices.isError}
      options={(choices.data?.items ?? [])
        .filter((host) => host.groups.every((other) => other.id !== group.id))
        .map((host) => ({ value: host.id, label: host.fqdn }))}
      onType={setTyped}
      send={(hostId) => addHost.mutateAsync(hostId)}
      done={`Added to ${group.name}.`}
      onClose={onClose}
    />
  );
}

interface ChoiceDialogProps {
  title: string;
  label: string;
  submit: string;
  isFailed: boolean;
  options: { value: string; label: string }[];
  onType: (text: string) => void;
  send: (chosenId: string) => Promise<unknown>;
  done: string;
  onClose: () => void;
}

function ChoiceDialog({
  title,
  label,
  submit,
  isFailed,
  options,
  onType,
  send,
  done,
  onClose,
}: ChoiceDialogProps) {
  const [picked, setPicked] = useState<{ value: string; label: string } | null>(null);
  const form = useForm({
    initial: { choice: '' },
    schema: chosen('choice', id),
    send: async (chosenId) => {
      await send(chosenId);
      announce(done);
      onClose();
    },
  });
  const isListed = picked === null || options.some((option) => option.value === picked.value);
  return (
    <FormDialog title={title} form={form} submit={submit} onClose={onClose}>
      <Select
        label={label}
        placeholder="Search by name"
        data={isListed ? options : [picked, ...options]}
        filter={({ options: unfiltered }) => unfiltered}
        value={form.values.choice === '' ? null : form.values.choice}
        onChange={(value, option) => {
          setPicked(value === null || option === null ? null : { value, label: option.label });
          form.set('choice', value ?? '');
        }}
        searchable
        onSearchChange={(text) => onType(text === picked?.label ? '' : text)}
        nothingFoundMessage="Nothing to add matches"
        error={form.errors.fields.choice ?? (isFailed && 'The list could not be loaded.')}
        data-autofocus
      />
    </FormDialog>
  );
}
