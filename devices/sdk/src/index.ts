export { createDevice } from './device.ts';
export { type Login, pair } from './pair.ts';
export type {
  Answer,
  ArgsOf,
  CommandHandler,
  CommandHandlers,
  DescriptionInput,
  Device,
  DeviceOptions,
  DeviceState,
  Message,
  Readings,
  Store,
} from './types.ts';
