import Link from 'next/link';
import { OpeningHours } from '@/components/opening-hours';
import { openingHours } from '@/lib/opening-hours';

export default function HomePage() {
  return (
    <main>
      <h1>Corner Bakery</h1>
      <div className="card">
        <OpeningHours hours={openingHours} />
      </div>
      <Link href="/menu">What is in the oven</Link>
    </main>
  );
}
