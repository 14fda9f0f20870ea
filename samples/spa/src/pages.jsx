import { useState } from "react";
import { Link, NavLink, Outlet, useNavigate, useParams } from "react-router";
import { tell } from "./tell";
import { workshops } from "./workshops";

export function Layout() {
  return (
    <>
      <header>
        <Link className="brand" to="/">Kiln &amp; Kettle</Link>
        <nav aria-label="Workshops">
          {workshops.map(({ id, name }) => <NavLink key={id} to={`/workshops/${id}`}>{name}</NavLink>)}
        </nav>
      </header>
      <main><Outlet /></main>
    </>
  );
}

export function Workshops() {
  return (
    <>
      <title>Workshops · Kiln &amp; Kettle</title>
      <h1>Come and get dirty</h1>
      <ul className="workshops">
        {workshops.map(({ id, name, about }) => <li key={id}><h2><Link to={`/workshops/${id}`}>{name}</Link></h2><p>{about}</p></li>)}
      </ul>
    </>
  );
}

export function Workshop() {
  const { name, places, about, id } = useWorkshop();
  return (
    <>
      <title>{`${name} · Kiln & Kettle`}</title>
      <h1>{name}</h1>
      <p>{about}</p>
      <p>{places ? `${places} places left.` : "All places are taken."}</p>
      <p><Link className="button" to={`/workshops/${id}/book`}>Book a place</Link></p>
    </>
  );
}

export function Booking() {
  const { name, places } = useWorkshop();
  const navigate = useNavigate();
  const [isRefused, setRefused] = useState(false);

  function book(event) {
    event.preventDefault();
    if (places) {
      tell("event", "booked"); // A survey may begin with this: "show": { "event": "booked" }
      navigate("/booked");
    } else {
      setRefused(true); // Or with the message that appears: "show": { "failure": "[role=alert]" }
    }
  }

  return (
    <>
      <title>{`Book ${name} · Kiln & Kettle`}</title>
      <h1>Book a place: {name}</h1>
      <form className="booking" onSubmit={book}>
        <label>Your name <input name="name" autoComplete="name" required /></label>
        <label>Your e-mail address <input name="email" type="email" autoComplete="email" required /></label>
        <button className="button">Book</button>
        {isRefused && <p role="alert">Sorry, all places are taken.</p>}
      </form>
    </>
  );
}

export function Booked() {
  return (
    <>
      <title>Booked · Kiln &amp; Kettle</title>
      <h1>See you there</h1>
      <p>Wear something that may get stained.</p>
      <div data-collector="survey" />
    </>
  );
}

function useWorkshop() {
  const { id } = useParams();
  return workshops.find((workshop) => workshop.id === id);
}
