import { useHotkeys, useMediaQuery } from '@mantine/hooks';
import { Outlet, useRouteContext, useRouterState } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react';
import { PrincipalContext } from '../../lib/principal.js';
import { SidePanelSlotContext } from '../../ui/side-panel-slot.js';
import { Brand } from './brand.js';
import { ConnectionLine } from './connection-line.js';
import { Navigation } from './navigation.js';
import { TabBar, TopBar } from './phone-bars.js';
import { SchemeToggle } from './scheme-toggle.js';
import classes from './shell.module.css';
import { UserMenu } from './user-menu.js';

// Nobody needs them before they are asked for, so they are no part of the first load.
const HostFinder = lazy(async () => ({
  default: (await import('../../features/hosts/host-finder.js')).HostFinder,
}));
const PhoneDrawer = lazy(async () => ({ default: (await import('./phone-drawer.js')).PhoneDrawer }));

const railWidths = '(min-width: 768px) and (max-width: 1023px)';

export function Shell() {
  const { session, live } = useRouteContext({ from: '/shell' });
  useEffect(() => {
    void live.start();
    return live.stop;
  }, [live]);
  const [open, setOpen] = useState<'finder' | 'drawer' | null>(null);
  const main = useFocusOnNewPage();
  const find = () => setOpen('finder');
  const openDrawer = () => setOpen('drawer');
  const close = () => setOpen(null);
  useHotkeys([['mod+K', find]], []);
  const [panel, setPanel] = useState<HTMLElement | null>(null);
  const [isDocked, setDocked] = useState(false);
  const slot = useMemo(() => ({ element: panel, setDocked }), [panel]);
  const isNarrow = useMediaQuery(railWidths, false, { getInitialValueInEffect: false });

  return (
    <PrincipalContext value={session.user}>
      <a className={classes.skip} href="#main">
        Skip to the content
      </a>
      <div className={classes.shell} data-docked={isDocked || undefined}>
        <aside className={classes.side} data-nav={isDocked || isNarrow ? 'rail' : 'full'}>
          <Brand />
          <Navigation onSearch={find} />
          <SideFoot />
        </aside>
        <TopBar onMenu={openDrawer} onSearch={find} />
        <main id="main" ref={main} className={classes.main} tabIndex={-1}>
          <SidePanelSlotContext value={slot}>
            <Outlet />
          </SidePanelSlotContext>
        </main>
        <div ref={setPanel} className={classes.panel} />
        <TabBar onMore={openDrawer} />
      </div>
      <Suspense>
        {open === 'finder' && <HostFinder onClose={close} />}
        {open === 'drawer' && (
          <PhoneDrawer onClose={close}>
            <Navigation onSearch={find} onLeave={close} />
            <SideFoot />
          </PhoneDrawer>
        )}
      </Suspense>
    </PrincipalContext>
  );
}

function SideFoot() {
  return (
    <div className={classes.foot}>
      <ConnectionLine />
      <div className={classes.me}>
        <UserMenu />
        <SchemeToggle />
      </div>
    </div>
  );
}

/** A new page begins at its beginning, for the keyboard and for readers too. */
function useFocusOnNewPage() {
  const main = useRef<HTMLElement>(null);
  const path = useRouterState({ select: (state) => state.resolvedLocation?.pathname });
  const shown = useRef(path);
  useEffect(() => {
    if (shown.current !== undefined && shown.current !== path) main.current?.focus({ preventScroll: true });
    shown.current = path;
  }, [path]);
  return main;
}
