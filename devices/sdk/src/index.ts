export type { CommandHandler, CommandHandlers } from './commands.ts';
export { createDevice, type Device, type DeviceOptions, type DeviceState } from './device.ts';
