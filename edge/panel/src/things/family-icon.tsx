import { IconAirConditioning, IconCar, IconCube, IconEngine, IconWind } from '@tabler/icons-react';

const icons: Record<string, typeof IconCube> = {
  vehicle: IconCar,
  'home-hvac': IconAirConditioning,
  'industrial-pump': IconEngine,
  'air-handler': IconWind,
};

/** The picture of a family; a family not known to the panel is a plain cube. */
export function FamilyIcon({ family, size = 28 }: { family: string; size?: number }) {
  const Icon = icons[family] ?? IconCube;
  return <Icon size={size} stroke={1.7} aria-hidden style={{ flex: 'none' }} />;
}
