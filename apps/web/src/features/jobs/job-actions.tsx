import { ActionIcon, Button, Menu } from '@mantine/core';
import type { PatchJobView } from '@patchgate/contracts';
import { useState } from 'react';
import { Icon } from '../../ui/icon.js';
import { JobCommandDialog } from './job-command.dialog.js';
import { commandsOf } from './job-commands.js';
import type { CommandName, OfferedCommand } from './job-commands.js';

/** What may be asked of the job as it is: the usual in sight, the rest in a menu. */
export function JobActions({ job }: { job: PatchJobView }) {
  const [asked, setAsked] = useState<CommandName | null>(null);
  const offered = commandsOf(job);
  const inSight = offered.filter(({ isInSight }) => isInSight);
  const rest = offered.filter(({ isInSight }) => !isInSight);
  return (
    <>
      {inSight.map((command) => (
        <CommandButton key={command.name} command={command} onAsk={setAsked} />
      ))}
      {rest.length > 0 && (
        <Menu position="bottom-end" width={240}>
          <Menu.Target>
            <ActionIcon variant="default" aria-label="More actions" data-icon-only>
              <Icon name="dots" />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {rest.map(({ name, label, icon }) => (
              <Menu.Item key={name} leftSection={<Icon name={icon} />} onClick={() => setAsked(name)}>
                {label}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
      {asked !== null && <JobCommandDialog job={job} command={asked} onClose={() => setAsked(null)} />}
    </>
  );
}

interface CommandButtonProps {
  command: OfferedCommand;
  onAsk: (name: CommandName) => void;
}

function CommandButton({ command: { name, label, icon, look }, onAsk }: CommandButtonProps) {
  return (
    <Button
      {...(look !== 'first' && { variant: look })}
      leftSection={<Icon name={icon} />}
      onClick={() => onAsk(name)}
    >
      {label}
    </Button>
  );
}
