-- A database of schema 4 with a dataset, two rules of review and later regions, as SQLite's iterdump wrote it; never to be changed.
PRAGMA application_id = 1196444487;
PRAGMA user_version = 10300;
BEGIN TRANSACTION;
CREATE TABLE actor (
	"key" TEXT NOT NULL, 
	name TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	part_of TEXT, 
	note TEXT, 
	sensitivity TEXT, 
	PRIMARY KEY ("key")
);
INSERT INTO "actor" VALUES('guard','{"en":"River Guard","es":"Guardia del Río"}','state-forces',NULL,NULL,NULL);
INSERT INTO "actor" VALUES('column','{"es":"La Columna"}','rebel-group',NULL,NULL,NULL);
CREATE TABLE actor_alias (
	actor TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	alias TEXT NOT NULL, 
	PRIMARY KEY (actor, position), 
	FOREIGN KEY(actor) REFERENCES actor ("key")
);
INSERT INTO "actor_alias" VALUES('guard',0,'GR');
CREATE TABLE case_file (
	"key" TEXT NOT NULL, 
	title TEXT NOT NULL, 
	type TEXT NOT NULL, 
	summary TEXT, 
	from_day TEXT, 
	until_day TEXT, 
	phases TEXT, 
	sources TEXT, 
	PRIMARY KEY ("key")
);
INSERT INTO "case_file" VALUES('valley-war','{"en":"Valley war","es":"Guerra del valle"}','armed-conflict',NULL,NULL,NULL,NULL,NULL);
CREATE TABLE claim (
	incident INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	measure TEXT NOT NULL, 
	"group" TEXT NOT NULL, 
	low INTEGER, 
	best INTEGER, 
	high INTEGER, 
	source TEXT NOT NULL, 
	attributed_to TEXT, 
	attributed_kind TEXT, 
	stated_on TEXT, 
	scope TEXT, 
	note TEXT, 
	zero_is_unknown BOOLEAN NOT NULL, 
	pinned TEXT, 
	PRIMARY KEY (incident, position), 
	FOREIGN KEY(incident) REFERENCES incident (fid), 
	FOREIGN KEY(source) REFERENCES source ("key")
);
INSERT INTO "claim" VALUES(2,0,'killed','all',3,3,3,'daily',NULL,NULL,NULL,NULL,NULL,0,NULL);
INSERT INTO "claim" VALUES(1,0,'abducted','all',36,36,36,'ombudsman',NULL,NULL,NULL,NULL,NULL,0,NULL);
INSERT INTO "claim" VALUES(1,1,'killed','all',5,5,5,'ombudsman',NULL,NULL,NULL,NULL,NULL,0,NULL);
INSERT INTO "claim" VALUES(1,2,'killed','all',8,8,8,'daily','A witness',NULL,NULL,NULL,NULL,0,NULL);
INSERT INTO "claim" VALUES(6,0,'killed','all',NULL,2,NULL,'survey-1',NULL,NULL,NULL,NULL,NULL,0,NULL);
INSERT INTO "claim" VALUES(5,0,'killed','all',NULL,1,NULL,'survey-1',NULL,NULL,NULL,NULL,NULL,0,NULL);
CREATE TABLE dataset (
	name TEXT NOT NULL, 
	version TEXT, 
	licence TEXT, 
	attribution TEXT, 
	may_publish BOOLEAN, 
	PRIMARY KEY (name)
);
INSERT INTO "dataset" VALUES('survey','1','CC-BY-4.0','Survey of Nowhere',0);
CREATE TABLE face (
	fid INTEGER NOT NULL, 
	code TEXT NOT NULL, 
	"key" TEXT, 
	title TEXT NOT NULL, 
	summary TEXT, 
	type TEXT NOT NULL, 
	subtype TEXT, 
	first_day DATE, 
	last_day DATE, 
	date_precision TEXT, 
	place_name TEXT, 
	place_precision TEXT, 
	radius_m DOUBLE, 
	country TEXT, 
	admin_code TEXT, 
	adm1 TEXT, 
	adm2 TEXT, 
	adm3 TEXT, 
	region TEXT, 
	place_count INTEGER NOT NULL, 
	killed_low INTEGER, 
	killed_best INTEGER, 
	killed_high INTEGER, 
	killed_source TEXT, 
	injured_low INTEGER, 
	injured_best INTEGER, 
	injured_high INTEGER, 
	injured_source TEXT, 
	detained_low INTEGER, 
	detained_best INTEGER, 
	detained_high INTEGER, 
	detained_source TEXT, 
	missing_low INTEGER, 
	missing_best INTEGER, 
	missing_high INTEGER, 
	missing_source TEXT, 
	abducted_low INTEGER, 
	abducted_best INTEGER, 
	abducted_high INTEGER, 
	abducted_source TEXT, 
	released_low INTEGER, 
	released_best INTEGER, 
	released_high INTEGER, 
	released_source TEXT, 
	escaped_low INTEGER, 
	escaped_best INTEGER, 
	escaped_high INTEGER, 
	escaped_source TEXT, 
	rescued_low INTEGER, 
	rescued_best INTEGER, 
	rescued_high INTEGER, 
	rescued_source TEXT, 
	displaced_low INTEGER, 
	displaced_best INTEGER, 
	displaced_high INTEGER, 
	displaced_source TEXT, 
	actors TEXT, 
	source_count INTEGER NOT NULL, 
	source_kinds TEXT, 
	cases TEXT, 
	tags TEXT, 
	part_of TEXT, 
	counted BOOLEAN NOT NULL, 
	status TEXT NOT NULL, 
	confidence TEXT, 
	dataset TEXT, 
	revision INTEGER NOT NULL, 
	recorded_at TEXT NOT NULL, 
	geom GEOMETRY, 
	PRIMARY KEY (fid), 
	FOREIGN KEY(fid) REFERENCES incident (fid)
);
INSERT INTO "face" VALUES(1,'PE-2012-0001','bridge','Secuestro en el puente',NULL,'abduction',NULL,'2012-04-09','2012-04-14','day','El Puente','settlement',2000.0,'PE','080902','Cusco','La Convención','Echarate',NULL,2,5,5,8,'ombudsman',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,36,36,36,'ombudsman',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'La Columna; Guardia del Río',2,'ombudsman; press','valley-war','gas',NULL,1,'published','medium',NULL,14,'2024-01-01T00:00:14.000000Z',X'47500001E6100000010100000000000000004052C000000000000029C0');
INSERT INTO "face" VALUES(2,'PE-2012-0002',NULL,'Emboscada en la orilla',NULL,'armed-clash','ambush','2012-04-12','2012-04-12','day','La Orilla','near',25000.0,'PE',NULL,'Este',NULL,NULL,NULL,1,3,3,3,'daily',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1,'press',NULL,NULL,'PE-2012-0001',0,'draft',NULL,NULL,10,'2024-01-01T00:00:03.000000Z',X'47500001E6100000010100000066666666664652C0CDCCCCCCCCCC28C0');
INSERT INTO "face" VALUES(3,'PE-2012-0003','whole-east','Protesta en el este',NULL,'protest',NULL,'2012-08-01','2012-08-31','month','Este','department',NULL,'PE','08','Cusco',NULL,NULL,NULL,1,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1,'press',NULL,NULL,NULL,1,'published',NULL,NULL,17,'2024-01-01T00:00:19.000000Z',X'47500003E610000000000000008052C000000000000052C00000000000002CC000000000000024C00103000000010000000500000000000000000052C00000000000002CC000000000000052C000000000000024C000000000008052C000000000000024C000000000008052C00000000000002CC000000000000052C00000000000002CC0');
INSERT INTO "face" VALUES(4,'PE-0000-0001','undated','Sin fecha ni lugar',NULL,'state-measure','arrest',NULL,NULL,NULL,'Valle','area',NULL,'PE',NULL,NULL,NULL,NULL,'units/west',1,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,1,'draft',NULL,NULL,23,'2024-01-01T00:00:27.000000Z',X'47500003E610000000000000000053C000000000008052C00000000000002CC000000000000024C00103000000010000000700000000000000000053C000000000000024C000000000008052C000000000000024C000000000008052C00000000000002CC00000000000E052C00000000000002CC00000000000E052C00000000000002BC000000000000053C00000000000002BC000000000000053C000000000000024C0');
INSERT INTO "face" VALUES(5,'PE-2012-0004',NULL,'A clash 1','Visto por nosotros','armed-clash',NULL,'2012-03-04','2012-03-04','day','Somewhere','settlement',2000.0,'PE',NULL,'Este',NULL,NULL,NULL,1,1,1,1,'survey-1',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1,'dataset',NULL,NULL,NULL,1,'in-review',NULL,'survey',22,'2024-01-01T00:00:25.000000Z',X'47500001E6100000010100000000000000004052C000000000000029C0');
INSERT INTO "face" VALUES(6,'PE-2012-0005',NULL,'A clash 2',NULL,'armed-clash',NULL,'2012-03-04','2012-03-04','day','Somewhere','settlement',2000.0,'PE',NULL,'Este',NULL,NULL,NULL,1,2,2,2,'survey-1',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1,'dataset',NULL,NULL,NULL,1,'published',NULL,'survey',21,'2024-01-01T00:00:22.000000Z',X'47500001E6100000010100000000000000004052C000000000000029C0');
CREATE TABLE figure (
	incident INTEGER NOT NULL, 
	measure TEXT NOT NULL, 
	low INTEGER, 
	best INTEGER, 
	high INTEGER, 
	source TEXT, 
	attributed_to TEXT, 
	basis TEXT NOT NULL, 
	voices INTEGER NOT NULL, 
	reason TEXT, 
	PRIMARY KEY (incident, measure), 
	FOREIGN KEY(incident) REFERENCES incident (fid)
);
INSERT INTO "figure" VALUES(6,'killed',2,2,2,'survey-1',NULL,'total',1,NULL);
INSERT INTO "figure" VALUES(5,'killed',1,1,1,'survey-1',NULL,'total',1,NULL);
INSERT INTO "figure" VALUES(1,'killed',5,5,8,'ombudsman',NULL,'total',2,NULL);
INSERT INTO "figure" VALUES(1,'abducted',36,36,36,'ombudsman',NULL,'total',1,NULL);
INSERT INTO "figure" VALUES(2,'killed',3,3,3,'daily',NULL,'total',1,NULL);
CREATE TABLE gpkg_contents (
        table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
        description TEXT DEFAULT '', last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
        min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
        CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id)
    );
INSERT INTO "gpkg_contents" VALUES('incidents','features','incidents','One row for each incident','2024-01-01T00:00:30.000000Z',NULL,NULL,NULL,NULL,4326);
INSERT INTO "gpkg_contents" VALUES('regions','features','regions','Versions of regions','2024-01-01T00:00:30.000000Z',NULL,NULL,NULL,NULL,4326);
INSERT INTO "gpkg_contents" VALUES('claims','attributes','claims','What sources say','2024-01-01T00:00:30.000000Z',NULL,NULL,NULL,NULL,NULL);
INSERT INTO "gpkg_contents" VALUES('sources','attributes','sources','Documents','2024-01-01T00:00:30.000000Z',NULL,NULL,NULL,NULL,NULL);
CREATE TABLE gpkg_geometry_columns (
        table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL,
        z TINYINT NOT NULL, m TINYINT NOT NULL,
        CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
        CONSTRAINT uk_gc_table_name UNIQUE (table_name),
        CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents (table_name),
        CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id)
    );
INSERT INTO "gpkg_geometry_columns" VALUES('incidents','geom','GEOMETRY',4326,0,0);
INSERT INTO "gpkg_geometry_columns" VALUES('regions','geom','GEOMETRY',4326,0,0);
CREATE TABLE gpkg_spatial_ref_sys (
        srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY, organization TEXT NOT NULL,
        organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT
    );
INSERT INTO "gpkg_spatial_ref_sys" VALUES('Undefined Cartesian SRS',-1,'NONE',-1,'undefined','undefined Cartesian coordinate reference system');
INSERT INTO "gpkg_spatial_ref_sys" VALUES('Undefined geographic SRS',0,'NONE',0,'undefined','undefined geographic coordinate reference system');
INSERT INTO "gpkg_spatial_ref_sys" VALUES('WGS 84 geodetic',4326,'EPSG',4326,'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AXIS["Latitude",NORTH],AXIS["Longitude",EAST],AUTHORITY["EPSG","4326"]]','longitude and latitude in degrees on the WGS 84 ellipsoid');
CREATE TABLE import_row (
	dataset TEXT NOT NULL, 
	external_id TEXT NOT NULL, 
	incident INTEGER NOT NULL, 
	digest BLOB NOT NULL, 
	PRIMARY KEY (dataset, external_id), 
	FOREIGN KEY(dataset) REFERENCES dataset (name), 
	FOREIGN KEY(incident) REFERENCES incident (fid)
)
 WITHOUT ROWID

;
INSERT INTO "import_row" VALUES('survey','S1',5,X'B356C557682472AD3576B52376684CAAB8DB22412F2528B1705D9E094A569F08');
INSERT INTO "import_row" VALUES('survey','S2',6,X'52F80E575B99243E24F0429340E86DE6F87D4E4893928A31E984ADE314226C20');
CREATE TABLE incident (
	fid INTEGER NOT NULL, 
	id TEXT NOT NULL, 
	code TEXT NOT NULL, 
	"key" TEXT, 
	title TEXT NOT NULL, 
	summary TEXT, 
	type TEXT NOT NULL, 
	subtype TEXT, 
	first_day DATE, 
	last_day DATE, 
	date_precision TEXT, 
	country TEXT NOT NULL, 
	part_of TEXT, 
	tags TEXT, 
	status TEXT NOT NULL, 
	confidence TEXT, 
	notes TEXT, 
	dataset TEXT, 
	dataset_id TEXT, 
	revision INTEGER NOT NULL, 
	recorded_at TEXT NOT NULL, 
	original TEXT, 
	sensitivity TEXT, 
	assigned_to TEXT, 
	PRIMARY KEY (fid), 
	UNIQUE (id), 
	UNIQUE (code), 
	UNIQUE ("key"), 
	FOREIGN KEY(part_of) REFERENCES incident (code), 
	FOREIGN KEY(dataset) REFERENCES dataset (name)
);
INSERT INTO "incident" VALUES(1,'018cc252-03a0-7f16-9f9b-4e6a10247522','PE-2012-0001','bridge','{"en":"Abduction at the bridge","es":"Secuestro en el puente"}',NULL,'abduction',NULL,'2012-04-09','2012-04-14','day','PE',NULL,'["gas"]','published','medium','[{"en":"The days differ by source."}]',NULL,NULL,14,'2024-01-01T00:00:14.000000Z',NULL,NULL,NULL);
INSERT INTO "incident" VALUES(2,'018cc252-0788-75a4-b007-abc4dfe1eb19','PE-2012-0002',NULL,'{"es":"Emboscada en la orilla"}',NULL,'armed-clash','ambush','2012-04-12','2012-04-12','day','PE','PE-2012-0001',NULL,'draft',NULL,NULL,NULL,NULL,10,'2024-01-01T00:00:03.000000Z',NULL,NULL,NULL);
INSERT INTO "incident" VALUES(3,'018cc252-0b70-7894-acd4-94a2c00b0e93','PE-2012-0003','whole-east','{"und":"Protesta en el este"}',NULL,'protest',NULL,'2012-08-01','2012-08-31','month','PE',NULL,NULL,'published',NULL,NULL,NULL,NULL,17,'2024-01-01T00:00:19.000000Z',NULL,NULL,NULL);
INSERT INTO "incident" VALUES(4,'018cc252-0f58-7d8a-904c-4fff579bc28f','PE-0000-0001','undated','{"es":"Sin fecha ni lugar"}',NULL,'state-measure','arrest',NULL,NULL,NULL,'PE',NULL,NULL,'draft',NULL,NULL,NULL,NULL,23,'2024-01-01T00:00:27.000000Z',NULL,NULL,NULL);
INSERT INTO "incident" VALUES(5,'018cc252-49f0-772f-84a6-5934fc297767','PE-2012-0004',NULL,'{"en":"A clash 1"}','{"es":"Visto por nosotros"}','armed-clash',NULL,'2012-03-04','2012-03-04','day','PE',NULL,NULL,'in-review',NULL,NULL,'survey','S1',22,'2024-01-01T00:00:25.000000Z','{"date_prec":"1"}',NULL,NULL);
INSERT INTO "incident" VALUES(6,'018cc252-49f0-7c2d-88d8-adb6439605fa','PE-2012-0005',NULL,'{"en":"A clash 2"}',NULL,'armed-clash',NULL,'2012-03-04','2012-03-04','day','PE',NULL,NULL,'published',NULL,NULL,'survey','S2',21,'2024-01-01T00:00:22.000000Z','{"date_prec":"1"}',NULL,NULL);
CREATE TABLE incident_case (
	incident INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	"case" TEXT NOT NULL, 
	PRIMARY KEY (incident, position), 
	FOREIGN KEY(incident) REFERENCES incident (fid), 
	FOREIGN KEY("case") REFERENCES case_file ("key")
);
INSERT INTO "incident_case" VALUES(1,0,'valley-war');
CREATE TABLE incident_source (
	incident INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	source TEXT NOT NULL, 
	listed BOOLEAN NOT NULL, 
	PRIMARY KEY (incident, position), 
	FOREIGN KEY(incident) REFERENCES incident (fid), 
	FOREIGN KEY(source) REFERENCES source ("key")
);
INSERT INTO "incident_source" VALUES(2,0,'daily',0);
INSERT INTO "incident_source" VALUES(1,0,'ombudsman',0);
INSERT INTO "incident_source" VALUES(1,1,'daily',0);
INSERT INTO "incident_source" VALUES(3,0,'daily',1);
INSERT INTO "incident_source" VALUES(6,0,'survey-1',0);
INSERT INTO "incident_source" VALUES(5,0,'survey-1',0);
CREATE TABLE indicator (
	number INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	area TEXT NOT NULL, 
	year INTEGER, 
	value DOUBLE NOT NULL, 
	unit TEXT NOT NULL, 
	"by" TEXT NOT NULL, 
	source TEXT NOT NULL, 
	note TEXT, 
	PRIMARY KEY (number), 
	FOREIGN KEY(source) REFERENCES source ("key")
);
INSERT INTO "indicator" VALUES(1,'population','units/west',2012,1000.0,'people','Census','daily',NULL);
CREATE TABLE meta (
	"key" TEXT NOT NULL, 
	value TEXT NOT NULL, 
	PRIMARY KEY ("key")
);
INSERT INTO "meta" VALUES('country','PE');
INSERT INTO "meta" VALUES('created_at','2024-01-01T00:00:01.000000Z');
INSERT INTO "meta" VALUES('policy','ranked-source');
INSERT INTO "meta" VALUES('review','two-people');
INSERT INTO "meta" VALUES('schema_version','4');
INSERT INTO "meta" VALUES('willay_version','0');
CREATE TABLE party (
	incident INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	actor TEXT NOT NULL, 
	role TEXT NOT NULL, 
	note TEXT, 
	PRIMARY KEY (incident, position), 
	FOREIGN KEY(incident) REFERENCES incident (fid), 
	FOREIGN KEY(actor) REFERENCES actor ("key")
);
INSERT INTO "party" VALUES(1,0,'column','initiator',NULL);
INSERT INTO "party" VALUES(1,1,'guard','target',NULL);
CREATE TABLE place (
	incident INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	precision TEXT NOT NULL, 
	lon DOUBLE, 
	lat DOUBLE, 
	radius_m DOUBLE, 
	country TEXT NOT NULL, 
	admin_code TEXT, 
	adm1 TEXT, 
	adm2 TEXT, 
	adm3 TEXT, 
	region TEXT, 
	region_fid INTEGER, 
	gazetteer_id TEXT, 
	coordinate_source TEXT, 
	note TEXT, 
	geometry GEOMETRY, 
	sensitivity TEXT, 
	PRIMARY KEY (incident, position), 
	FOREIGN KEY(incident) REFERENCES incident (fid), 
	FOREIGN KEY(region_fid) REFERENCES region (fid)
);
INSERT INTO "place" VALUES(2,0,'La Orilla','near',-73.1,-12.4,NULL,'PE',NULL,'Este',NULL,NULL,NULL,NULL,NULL,NULL,NULL,X'47500001E6100000010100000066666666664652C0CDCCCCCCCCCC28C0',NULL);
INSERT INTO "place" VALUES(1,0,'El Puente','settlement',-73.0,-12.5,NULL,'PE','080902','Cusco','La Convención','Echarate',NULL,NULL,NULL,NULL,NULL,X'47500001E6100000010100000000000000004052C000000000000029C0',NULL);
INSERT INTO "place" VALUES(1,1,'La Orilla','settlement',-73.1,-12.4,NULL,'PE',NULL,'Este',NULL,NULL,NULL,NULL,NULL,NULL,NULL,X'47500001E6100000010100000066666666664652C0CDCCCCCCCCCC28C0',NULL);
INSERT INTO "place" VALUES(3,0,'Este','department',NULL,NULL,NULL,'PE','08','Cusco',NULL,NULL,NULL,2,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "place" VALUES(6,0,'Somewhere','settlement',-73.0,-12.5,NULL,'PE',NULL,'Este',NULL,NULL,NULL,NULL,NULL,NULL,NULL,X'47500001E6100000010100000000000000004052C000000000000029C0',NULL);
INSERT INTO "place" VALUES(5,0,'Somewhere','settlement',-73.0,-12.5,NULL,'PE',NULL,'Este',NULL,NULL,NULL,NULL,NULL,NULL,NULL,X'47500001E6100000010100000000000000004052C000000000000029C0',NULL);
INSERT INTO "place" VALUES(4,0,'Valle','area',NULL,NULL,NULL,'PE',NULL,NULL,NULL,NULL,'units/west',1,NULL,NULL,NULL,NULL,NULL);
CREATE VIRTUAL TABLE place_box USING rtree (incident, west, east, south, north);
INSERT INTO "place_box" VALUES(6,-73.0,-73.0,-12.5,-12.5);
INSERT INTO "place_box" VALUES(5,-73.0,-73.0,-12.5,-12.5);
INSERT INTO "place_box" VALUES(4,-76.0,-74.0,-14.0,-10.0);
INSERT INTO "place_box" VALUES(1,-73.0,-73.0,-12.5,-12.5);
INSERT INTO "place_box" VALUES(2,-7.31000061035156249982e+01,-73.0999984741211,-1.24000015258789062497e+01,-1.23999996185302734379e+01);
INSERT INTO "place_box" VALUES(3,-74.0,-72.0,-14.0,-10.0);
CREATE TABLE region (
	fid INTEGER NOT NULL, 
	set_name TEXT NOT NULL, 
	"key" TEXT NOT NULL, 
	version INTEGER NOT NULL, 
	name_es TEXT, 
	name_en TEXT, 
	kind TEXT, 
	valid_from DATE, 
	valid_until DATE, 
	reason TEXT, 
	replaces TEXT, 
	decree TEXT, 
	citation TEXT, 
	url TEXT, 
	working_outline BOOLEAN, 
	outline_note TEXT, 
	admin_code TEXT, 
	definition TEXT, 
	attribution TEXT, 
	licence TEXT, 
	geometry GEOMETRY, 
	PRIMARY KEY (fid), 
	UNIQUE (set_name, "key", version)
);
INSERT INTO "region" VALUES(1,'units','west',1,'Oeste','West','department',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'15',NULL,'Survey of Nowhere','CC0-1.0',X'47500003E610000000000000000053C000000000008052C00000000000002CC000000000000024C00103000000010000000700000000000000000053C000000000000024C000000000008052C000000000000024C000000000008052C00000000000002CC00000000000E052C00000000000002CC00000000000E052C00000000000002BC000000000000053C00000000000002BC000000000000053C000000000000024C0');
INSERT INTO "region" VALUES(2,'units','east',1,'Este','East','department',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'08',NULL,'Survey of Nowhere','CC0-1.0',X'47500003E610000000000000008052C000000000000052C00000000000002CC000000000000024C00103000000010000000500000000000000000052C00000000000002CC000000000000052C000000000000024C000000000008052C000000000000024C000000000008052C00000000000002CC000000000000052C00000000000002CC0');
INSERT INTO "region" VALUES(3,'units','capital',1,'Capital','Capital','department',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'1501',NULL,'Survey of Nowhere','CC0-1.0',X'47500003E610000000000000000053C00000000000E052C00000000000002CC00000000000002BC0010300000001000000050000000000000000E052C00000000000002CC00000000000E052C00000000000002BC000000000000053C00000000000002BC000000000000053C00000000000002CC00000000000E052C00000000000002CC0');
INSERT INTO "region" VALUES(4,'zones','valley',1,'Valle','Valley',NULL,'2003-05-01','2012-07-01',NULL,NULL,'D.S. 1',NULL,NULL,1,NULL,NULL,NULL,NULL,NULL,X'47500003E610000000000000006052C000000000002052C00000000000002AC000000000000028C00103000000010000000500000000000000002052C00000000000002AC000000000002052C000000000000028C000000000006052C000000000000028C000000000006052C00000000000002AC000000000002052C00000000000002AC0');
INSERT INTO "region" VALUES(5,'zones','valley',2,'Valle mayor','Greater valley',NULL,'2012-07-01',NULL,NULL,NULL,NULL,NULL,NULL,1,NULL,NULL,NULL,NULL,NULL,X'47500003E610000000000000006052C000000000002052C00000000000002BC000000000000026C00103000000010000000500000000000000002052C00000000000002BC000000000002052C000000000000026C000000000006052C000000000000026C000000000006052C00000000000002BC000000000002052C00000000000002BC0');
CREATE TABLE revision (
	number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	subject_kind TEXT NOT NULL, 
	subject_id TEXT NOT NULL, 
	author TEXT NOT NULL, 
	recorded_at TEXT NOT NULL, 
	action TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	previous_digest TEXT, 
	digest TEXT NOT NULL, 
	document TEXT, 
	seal TEXT
);
INSERT INTO "revision" VALUES(1,'region','units/west/1','willay','2024-01-01T00:00:02.000000Z','add','installed',NULL,'0417dbcd773e1d820368befb57a604209ea0347bb162fde9dbeac0ecef694b02',NULL,'8f2e819fb6216b30aa666de5e339dcb2155d34c906091032d382751a0bca7682');
INSERT INTO "revision" VALUES(2,'region','units/east/1','willay','2024-01-01T00:00:02.000000Z','add','installed',NULL,'97504d63e0758d4d419443af8e1a28f2ec09b68107073f9805d7e89bee624a0d',NULL,'6b043dab4c5d568755123bdc5b465ee2f398edf58a6d783235cdc76656708d35');
INSERT INTO "revision" VALUES(3,'region','units/capital/1','willay','2024-01-01T00:00:02.000000Z','add','installed',NULL,'df1356215119db0ec02361cedca0064620a4bd8a87f90bea64ee799e63740650',NULL,'97af54aceaf2ae725d0af820507e95778f5010909c30424e054b192c599e212b');
INSERT INTO "revision" VALUES(4,'source','ombudsman','ana','2024-01-01T00:00:03.000000Z','add','first entry',NULL,'9855159fc2a35b89e36592cc51aa2286b67119b81516824a5214c9fcec6837a5',NULL,'a915b9bf3dfe794c3891ba5ef54efa5badd47f7b0407c4777a8a301d4e1793c5');
INSERT INTO "revision" VALUES(5,'source','daily','ana','2024-01-01T00:00:03.000000Z','add','first entry',NULL,'d6a73429b2c281b5f452176b4651938a02b0e49f2b10f4678b33464fff123a09','{"key":"daily","kind":"press","published_on":"2012-04-15","publisher":"The Daily"}','0c8bdcd86ac0fdf919676436f4da2095c1d8d8f546f216b655d5dbb94114f9dd');
INSERT INTO "revision" VALUES(6,'actor','guard','ana','2024-01-01T00:00:03.000000Z','add','first entry',NULL,'0ba822967194d3f397b19ad074cc2a2d3e5eb712a40abdafee905c4ea3620555',NULL,'ddcf4696ef432540629ed47c2a8df42f936f20e5482ae7fd37cec23a76bec3d3');
INSERT INTO "revision" VALUES(7,'actor','column','ana','2024-01-01T00:00:03.000000Z','add','first entry',NULL,'178c1c5845690269eb1bc6f4e4c8b537f1f255c33f785edebb0fe4c0e6b3c086',NULL,'9815d4ab05b598a87f89e332c14dff6d38d52ef34e08779796d2e129d8c23786');
INSERT INTO "revision" VALUES(8,'case','valley-war','ana','2024-01-01T00:00:03.000000Z','add','first entry',NULL,'ecc95b99d955862460d6bc5b4d1473acfb4eb72be2423e70f8addd070b0410ff',NULL,'cbca97b7d0475269e89a6461ecd9b183ffb6c7e00fcb0b5bec19028384e953ce');
INSERT INTO "revision" VALUES(9,'incident','018cc252-03a0-7f16-9f9b-4e6a10247522','ana','2024-01-01T00:00:03.000000Z','add','first entry',NULL,'1b7130b09fe8c3e656c50d1f4a640693be311130059809c7a607c779355d439d','{"code":"PE-2012-0001","draft":{"cases":["valley-war"],"claims":[{"best":36,"group":"all","high":36,"low":36,"measure":"abducted","source":"ombudsman","zero_is_unknown":false},{"best":5,"group":"all","high":5,"low":5,"measure":"killed","source":"ombudsman","zero_is_unknown":false},{"attributed_to":"A witness","best":8,"group":"all","high":8,"low":8,"measure":"killed","source":"daily","zero_is_unknown":false}],"confidence":"medium","country":"PE","date_precision":"day","days":"2012-04-09/2012-04-14","key":"bridge","notes":[{"en":"The days differ by source."}],"parties":[{"actor":"column","role":"initiator"},{"actor":"guard","role":"target"}],"places":[{"admin_code":"080902","country":"PE","lat":-12.5,"lon":-73.0,"name":"El Puente","precision":"settlement"},{"country":"PE","lat":-12.4,"lon":-73.1,"name":"La Orilla","precision":"settlement"}],"status":"draft","tags":["gas"],"title":{"en":"Abduction at the bridge","es":"Secuestro en el puente"},"type":"abduction"},"id":"018cc252-03a0-7f16-9f9b-4e6a10247522"}','a90946df3e11aef644ab0919f4d9f75925d1c74217f02b3a5f55fe43ea0f6fb4');
INSERT INTO "revision" VALUES(10,'incident','018cc252-0788-75a4-b007-abc4dfe1eb19','ana','2024-01-01T00:00:03.000000Z','add','first entry',NULL,'4e829188baf1bd7f83e90fcf1cd418eab8e5831a24ed94feca9465064e6fb10f',NULL,'d43e96a0c8fedb64d61f86f212369a49716e638dad7309d23222fbc6c8e9ceb5');
INSERT INTO "revision" VALUES(11,'incident','018cc252-0b70-7894-acd4-94a2c00b0e93','ana','2024-01-01T00:00:03.000000Z','add','first entry',NULL,'5f45e439989b76064aeff95b7a3abba954bdb7490db13739da61aa4be1e187da','{"code":"PE-2012-0003","draft":{"country":"PE","date_precision":"month","days":"2012-08","key":"whole-east","places":[{"admin_code":"08","country":"PE","name":"Este","precision":"department"}],"sources":["daily"],"status":"draft","title":{"und":"Protesta en el este"},"type":"protest"},"id":"018cc252-0b70-7894-acd4-94a2c00b0e93"}','bbad54926a86c858fef21a4c18055128bbe7a6aa4e414dff94968dd4ea60d62a');
INSERT INTO "revision" VALUES(12,'incident','018cc252-0f58-7d8a-904c-4fff579bc28f','ana','2024-01-01T00:00:03.000000Z','add','first entry',NULL,'8210cec6adf2a6438067239e9023e24e4d8d8fd94d817996909d733e3c7dc93e','{"code":"PE-0000-0001","draft":{"country":"PE","key":"undated","status":"draft","subtype":"arrest","title":{"es":"Sin fecha ni lugar"},"type":"state-measure"},"id":"018cc252-0f58-7d8a-904c-4fff579bc28f"}','9f4e85c76cd76c7e868e545bbd406fe1494d8e538dc25581c45e07ba520fa11b');
INSERT INTO "revision" VALUES(13,'incident','018cc252-03a0-7f16-9f9b-4e6a10247522','ana','2024-01-01T00:00:12.000000Z','submit','','1b7130b09fe8c3e656c50d1f4a640693be311130059809c7a607c779355d439d','9a39d3ff6db36691e2240eb782eaf30258bc29012964de2c516a7fe4e4262e41','{"code":"PE-2012-0001","draft":{"cases":["valley-war"],"claims":[{"best":36,"group":"all","high":36,"low":36,"measure":"abducted","source":"ombudsman","zero_is_unknown":false},{"best":5,"group":"all","high":5,"low":5,"measure":"killed","source":"ombudsman","zero_is_unknown":false},{"attributed_to":"A witness","best":8,"group":"all","high":8,"low":8,"measure":"killed","source":"daily","zero_is_unknown":false}],"confidence":"medium","country":"PE","date_precision":"day","days":"2012-04-09/2012-04-14","key":"bridge","notes":[{"en":"The days differ by source."}],"parties":[{"actor":"column","role":"initiator"},{"actor":"guard","role":"target"}],"places":[{"admin_code":"080902","country":"PE","lat":-12.5,"lon":-73.0,"name":"El Puente","precision":"settlement"},{"country":"PE","lat":-12.4,"lon":-73.1,"name":"La Orilla","precision":"settlement"}],"status":"in-review","tags":["gas"],"title":{"en":"Abduction at the bridge","es":"Secuestro en el puente"},"type":"abduction"},"id":"018cc252-03a0-7f16-9f9b-4e6a10247522"}','82b27f8c77da888e2249ef34bf00f71fd69aa634a0d8f8f31810b256c652a33f');
INSERT INTO "revision" VALUES(14,'incident','018cc252-03a0-7f16-9f9b-4e6a10247522','bea','2024-01-01T00:00:14.000000Z','approve','','9a39d3ff6db36691e2240eb782eaf30258bc29012964de2c516a7fe4e4262e41','88863e3bf215ff7ce2c9969584ee05cfc34a3539b7a752e3d79fac67ac35c31f',NULL,'db27f5f1f3a939348da08f928592b8824f7c1fe6e886c7ebd953b1ba67808d8c');
INSERT INTO "revision" VALUES(15,'setting','review','bea','2024-01-01T00:00:16.000000Z','set','alone in the office',NULL,'7a49d42794cbafc302bc85033a7d2e6e008a446eef9c2402e3cefa29170397f9','{"value":"one-person"}','8039f23dda19bebbb0be892782dfefab08818c67b3f1319fb74d7340f37ef3e4');
INSERT INTO "revision" VALUES(16,'incident','018cc252-0b70-7894-acd4-94a2c00b0e93','ana','2024-01-01T00:00:17.000000Z','submit','','5f45e439989b76064aeff95b7a3abba954bdb7490db13739da61aa4be1e187da','b7e8515bad87f3f601a312d29ed13b5d2149ba41c099121008594f68d7800905','{"code":"PE-2012-0003","draft":{"country":"PE","date_precision":"month","days":"2012-08","key":"whole-east","places":[{"admin_code":"08","country":"PE","name":"Este","precision":"department"}],"sources":["daily"],"status":"in-review","title":{"und":"Protesta en el este"},"type":"protest"},"id":"018cc252-0b70-7894-acd4-94a2c00b0e93"}','b6d345bb51439fe1a628614a4701757d980e4bd311c6e3e24b461ac837656edf');
INSERT INTO "revision" VALUES(17,'incident','018cc252-0b70-7894-acd4-94a2c00b0e93','ana','2024-01-01T00:00:19.000000Z','approve','','b7e8515bad87f3f601a312d29ed13b5d2149ba41c099121008594f68d7800905','2af8548914027898e1390ecba034df9d2c3733a67c1e8c0ae5f92a2e7966c86f',NULL,'b8a72196fb5b8ac4d916498a3daec8665f58235b9bcf3189ed1f238b378265f4');
INSERT INTO "revision" VALUES(18,'setting','review','bea','2024-01-01T00:00:21.000000Z','set','ana is back','7a49d42794cbafc302bc85033a7d2e6e008a446eef9c2402e3cefa29170397f9','3dd0cc96a04d7a115ef4fd000453bcb58ff627c9882299f99790afd63bbd08cf',NULL,'88a25f05f31e3e8354cc1bec4e5f4ce11b3145a1d884b95c50a3ee3ce2626e82');
INSERT INTO "revision" VALUES(19,'source','survey-1','luz','2024-01-01T00:00:22.000000Z','add','survey',NULL,'2b6205c3378ca5fe9d5e4801512e12e78688bb4afecb1ba7e1e42b83c67d8b6e',NULL,'495ee975b7d15d63a8a7d43f64ce064c3b14c0d27df607c8cc992ef8a22e5083');
INSERT INTO "revision" VALUES(20,'incident','018cc252-49f0-772f-84a6-5934fc297767','luz','2024-01-01T00:00:22.000000Z','import','survey',NULL,'8e95a96a3b0fe6240101b409751790f23a5e085d72c3ec27ceb3324bca1a5204','{"code":"PE-2012-0004","draft":{"claims":[{"best":1,"group":"all","measure":"killed","source":"survey-1","zero_is_unknown":false}],"country":"PE","dataset":"survey","dataset_id":"S1","date_precision":"day","days":"2012-03-04","original":{"date_prec":"1"},"places":[{"country":"PE","lat":-12.5,"lon":-73.0,"name":"Somewhere","precision":"settlement"}],"status":"published","title":{"en":"A clash 1"},"type":"armed-clash"},"id":"018cc252-49f0-772f-84a6-5934fc297767"}','4ec7b99f885d875ee87dc5755fc3dcd49aaa9afaa89cbf879c0711461fb4fbec');
INSERT INTO "revision" VALUES(21,'incident','018cc252-49f0-7c2d-88d8-adb6439605fa','luz','2024-01-01T00:00:22.000000Z','import','survey',NULL,'97305ee77452500d6c89adacfb78c8624d85b2140e32fc7e862356dfc0e0131c',NULL,'1590c70966032a79a2ee600025ac0408c1a92af7d30f0fbbc6d54f675e10436d');
INSERT INTO "revision" VALUES(22,'incident','018cc252-49f0-772f-84a6-5934fc297767','ana','2024-01-01T00:00:25.000000Z','edit','seen','8e95a96a3b0fe6240101b409751790f23a5e085d72c3ec27ceb3324bca1a5204','1db15c965db86393a7b290ee90a97a4142e1e0e8080c94ea151a5f2c2fc1d340',NULL,'a2aaabff0fea56bb58d14d814af0a2f3be4bf30324fc7133764d15be8926d864');
INSERT INTO "revision" VALUES(23,'incident','018cc252-0f58-7d8a-904c-4fff579bc28f','ana','2024-01-01T00:00:27.000000Z','edit','seen','8210cec6adf2a6438067239e9023e24e4d8d8fd94d817996909d733e3c7dc93e','436d83338d373e0c374ad100b41e7089ec8dc5ee4482239b324a11ba86c008bd',NULL,'48a089e49629417e673d4d9d3c7fafc2b9f14b5e1600b26583db2b8a1b31f8da');
INSERT INTO "revision" VALUES(24,'region','zones/valley/1','bea','2024-01-01T00:00:29.000000Z','add','more',NULL,'03b2fc4475bc1aa54ba635fac9092d5e703731d12f2c998920b803bdb1588f1d',NULL,'a09715d47554e37eeb7e49479b3bcfc5ac3dd53cd0c3f7594cd1ef5779386b76');
INSERT INTO "revision" VALUES(25,'region','zones/valley/2','bea','2024-01-01T00:00:29.000000Z','add','more',NULL,'17aad046e6433e6268ae1d3a6c8868d6643066f3e9466ec4c2cf1c88239e3a0b',NULL,'fd4513c56cc2a153fc58ddb20e966d971560384435fd0cd112a3af9a50a8c2ea');
INSERT INTO "revision" VALUES(26,'source','daily','ana','2024-01-01T00:00:30.000000Z','edit','found','d6a73429b2c281b5f452176b4651938a02b0e49f2b10f4678b33464fff123a09','3dda20da281831d3d3e530a7348d9ca75e131a520b648a3fe932509309de3294',NULL,'bb04cbf6a035f120616397e441860cafea9e8f396d30f453b9e7bb8495199c80');
CREATE TABLE source (
	"key" TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	publisher TEXT, 
	title TEXT, 
	published_on TEXT, 
	url TEXT, 
	archive_url TEXT, 
	language TEXT, 
	licence TEXT, 
	reliability TEXT, 
	accessed_on DATE, 
	note TEXT, 
	sensitivity TEXT, 
	PRIMARY KEY ("key")
);
INSERT INTO "source" VALUES('ombudsman','ombudsman','Office of the Ombudsman',NULL,'2012-07',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "source" VALUES('daily','press','The Daily','A title','2012-04-15',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "source" VALUES('survey-1','dataset','Survey of Nowhere',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
CREATE INDEX revision_subject ON revision (subject_kind, subject_id, number);
CREATE INDEX revision_moment ON revision (recorded_at);
CREATE INDEX revision_sensitivity ON revision (number) WHERE instr(document, '"sensitivity":') > 0;
CREATE INDEX ix_incident_type ON incident (type);
CREATE INDEX incident_days ON incident (first_day, last_day);
CREATE INDEX incident_sensitivity ON incident (sensitivity) WHERE sensitivity IS NOT NULL;
CREATE INDEX incident_part_of ON incident (part_of) WHERE part_of IS NOT NULL;
CREATE INDEX place_sensitivity ON place (sensitivity) WHERE sensitivity IS NOT NULL;
CREATE INDEX ix_party_actor ON party (actor);
CREATE INDEX ix_incident_source_source ON incident_source (source);
CREATE INDEX ix_incident_case_case ON incident_case ("case");
CREATE INDEX face_uncounted ON face (code) WHERE counted = 0;
CREATE INDEX ix_import_row_incident ON import_row (incident);
CREATE VIEW incidents AS SELECT
        fid, code, "key", title, summary, type, subtype, first_day, last_day, date_precision, place_name,
        place_precision, radius_m, country, admin_code, adm1, adm2, adm3, region, killed_low, killed_best, killed_high,
        killed_source, injured_low, injured_best, injured_high, detained_best, missing_best, abducted_low,
        abducted_best, abducted_high, released_best, actors, source_count, source_kinds, tags, status, confidence,
        cases, part_of, counted, dataset, revision, recorded_at, geom
    FROM face WHERE status IN ('draft', 'in-review', 'published');
CREATE VIEW regions AS SELECT
        fid, set_name AS "set", "key", name_es AS name, name_en, kind, valid_from, valid_until, working_outline, decree,
        citation, url, outline_note, attribution, licence, geometry AS geom
    FROM region;
CREATE VIEW claims AS SELECT
        claim.rowid AS fid, incident.code, claim.measure, claim."group", claim.low, claim.best, claim.high,
        claim.source,
        claim.attributed_to, claim.stated_on, claim.scope, claim.note, claim.pinned
    FROM claim JOIN incident ON incident.fid = claim.incident
    WHERE incident.status IN ('draft', 'in-review', 'published');
CREATE VIEW sources AS SELECT
        rowid AS fid, "key", kind, publisher, title, published_on, url, archive_url, language, licence, reliability
    FROM source;
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('revision',26);
COMMIT;
