import { IconBox, IconCar, IconHome, IconSettings2 } from '@tabler/icons-react';

/** A picture for a family of things. Families are data, so one that is not known here is a plain box. */
export function FamilyIcon({ family, size = 16 }: { family: string | undefined; size?: number }) {
  const Icon =
    family === undefined ? IconBox : /vehicle|car/.test(family) ? IconCar : /home|hvac|house/.test(family) ? IconHome : IconSettings2;
  return <Icon size={size} stroke={1.6} aria-hidden style={{ flexShrink: 0 }} />;
}
