import { expect, it } from 'vitest';
import { obdDrives, replayDrives } from './obd-drives.ts';
import { driveOf } from './obd-read.ts';

const engine = 'Vehicle.Powertrain.CombustionEngine';

it('reads a KIT drive: sparse rows, clock times, a pedal that rests above zero', () => {
  const drive = driveOf(
    'kit/2017-07-10_Seat_Leon_KA_KA_Stau.csv',
    'Time,Engine Coolant Temperature [°C],Engine RPM [RPM],Accelerator Pedal Position D [%],Intake Air Temperature [°C]\n23:59:59.500,90,,14.1,20\n00:00:00.250,,800.5,20.1,\n',
  );
  expect(drive).toEqual({
    name: '2017-07-10_Seat_Leon_KA_KA_Stau',
    car: 'Seat Leon',
    rows: [
      { ms: 0, signals: { [`${engine}.EngineCoolant.Temperature`]: 90, 'Vehicle.Chassis.Accelerator.PedalPosition': 0 } },
      {
        ms: 750,
        signals: {
          [`${engine}.Speed`]: 800.5,
          [`${engine}.IsRunning`]: true,
          'Vehicle.Chassis.Accelerator.PedalPosition': 6.000000000000002,
        },
      },
    ],
  });
});

it('reads a carOBD drive: rows spread over the run time, a last row that is torn', () => {
  const drive = driveOf(
    'carobd/idle1.csv',
    'ENGINE_RUN_TINE (), ENGINE_RPM (), CONTROL_MODULE_VOLTAGE ()\n0, 0, 12.1,\n0, 900, 14.2,\n1, 900, 14.2,\n2, 90',
  );
  expect(drive?.rows.map(({ ms }) => ms)).toEqual([0, 500, 1000, 1500]);
  expect(drive?.rows[1]?.signals).toEqual({
    [`${engine}.Speed`]: 900,
    [`${engine}.IsRunning`]: true,
    'Vehicle.LowVoltageBattery.CurrentVoltage': 14.2,
  });
  expect(drive?.rows[3]?.signals).toEqual({ [`${engine}.Speed`]: 90, [`${engine}.IsRunning`]: true });
});

it('reads no other file', () => {
  expect(driveOf('a.csv', 'timestamp,value\n1,2\n')).toBeUndefined();
  expect(driveOf('a.csv', '')).toBeUndefined();
});

it('counts each symptom and each fault once while it lasts, over all drives of a car', async () => {
  const hot = (celsius: number) =>
    Array.from({ length: 240 }, (_, s) => ({
      ms: 1000 * s,
      signals: { [`${engine}.EngineCoolant.Temperature`]: s < 60 ? 90 : celsius, [`${engine}.Speed`]: 2000, 'Vehicle.Speed': 50 },
    }));
  const drive = (name: string, celsius: number) => ({ name, car: 'one', rows: hot(celsius) });
  const healthy = await replayDrives([drive('a', 91), drive('b', 89)]);
  expect([...healthy.symptoms, ...healthy.faults]).toEqual([]);
  expect(healthy.hours).toBeCloseTo((2 * 239) / 3600, 10);
  const raised = await replayDrives([drive('a', 91), drive('b', 125)]);
  expect(raised.symptoms.get('coolant-too-hot')).toBe(1);
  expect(raised.faults.size).toBeGreaterThan(0);
});

it('passes over a set that is not there', async () => {
  expect(await obdDrives.run({ share: 1, say: () => {}, data: '/nowhere' })).toHaveProperty('skipped');
});
