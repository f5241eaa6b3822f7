export { type DemoOptions, demoThings, startDemo } from './demo.ts';
export { findScenario, findScenarios, type OpenedScenario, openScenario } from './open.ts';
export { createSimulation, play, type SimulatedDtc, type Simulation, type SimulationOptions, type Step } from './play.ts';
export { createRandom, gaussian } from './random.ts';
export { type Recording, readRecording } from './recording.ts';
export { repairThing } from './repair.ts';
export { type Replayed, type ReplayOptions, replay, replaySamples } from './replay.ts';
export { type Run, type RunOptions, runScenario } from './run.ts';
