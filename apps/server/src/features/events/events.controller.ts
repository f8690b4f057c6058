import { Controller, Header, StreamableFile } from '@nestjs/common';
import { eventEndpoints } from '@patchgate/contracts';
import { CallerOf } from '../../platform/http/caller.js';
import type { Caller } from '../../platform/http/caller.js';
import { Input, Route } from '../../platform/http/route.js';
import { EventService } from './event.service.js';

@Controller()
export class EventsController {
  constructor(private readonly events: EventService) {}

  // Whatever stands in between must neither keep events back nor change them.
  @Route(eventEndpoints.follow)
  @Header('cache-control', 'no-store, no-transform')
  @Header('x-accel-buffering', 'no')
  follow(@Input() _input: unknown, @CallerOf() { principal }: Caller) {
    return Promise.resolve(new StreamableFile(this.events.follow(principal)));
  }
}
