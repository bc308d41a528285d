-- A database of schema 6 with invented incidents, as SQLite's iterdump wrote it; never to be changed.
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
	label TEXT, 
	supersedes TEXT, 
	adds BOOLEAN, 
	PRIMARY KEY (incident, position), 
	FOREIGN KEY(incident) REFERENCES incident (fid), 
	FOREIGN KEY(source) REFERENCES source ("key")
);
INSERT INTO "claim" VALUES(2,0,'killed','all',3,3,3,'daily',NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL);
INSERT INTO "claim" VALUES(1,0,'abducted','all',36,36,36,'ombudsman',NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL);
INSERT INTO "claim" VALUES(1,1,'killed','all',5,5,5,'ombudsman',NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL);
INSERT INTO "claim" VALUES(1,2,'killed','all',8,8,8,'daily','A witness',NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL);
CREATE TABLE dataset (
	name TEXT NOT NULL, 
	version TEXT, 
	licence TEXT, 
	attribution TEXT, 
	may_publish BOOLEAN, 
	PRIMARY KEY (name)
);
CREATE TABLE gpkg_contents (
        table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
        description TEXT DEFAULT '', last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
        min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
        CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id)
    );
INSERT INTO "gpkg_contents" VALUES('incidents','features','incidents','One row for each incident','2024-01-01T00:00:06.000000Z',NULL,NULL,NULL,NULL,4326);
INSERT INTO "gpkg_contents" VALUES('regions','features','regions','Versions of regions','2024-01-01T00:00:06.000000Z',NULL,NULL,NULL,NULL,4326);
INSERT INTO "gpkg_contents" VALUES('claims','attributes','claims','What sources say','2024-01-01T00:00:06.000000Z',NULL,NULL,NULL,NULL,NULL);
INSERT INTO "gpkg_contents" VALUES('sources','attributes','sources','Documents','2024-01-01T00:00:06.000000Z',NULL,NULL,NULL,NULL,NULL);
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
	revision INTEGER NOT NULL, 
	said TEXT, 
	theirs TEXT, 
	mark BLOB NOT NULL, 
	PRIMARY KEY (dataset, external_id), 
	FOREIGN KEY(dataset) REFERENCES dataset (name), 
	FOREIGN KEY(incident) REFERENCES incident (fid)
)
 WITHOUT ROWID

;
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
	sensitivity TEXT, 
	assigned_to TEXT, 
	is_translated BOOLEAN NOT NULL, 
	names_codes BOOLEAN NOT NULL, 
	document BLOB NOT NULL, 
	geom GEOMETRY, 
	PRIMARY KEY (fid), 
	UNIQUE (id), 
	UNIQUE (code), 
	UNIQUE ("key"), 
	FOREIGN KEY(part_of) REFERENCES incident (code), 
	FOREIGN KEY(dataset) REFERENCES dataset (name)
);
INSERT INTO "incident" VALUES(1,'018cc252-03a0-75a4-b007-abc4dfe1eb19','PE-2012-0001','bridge','A changed title',NULL,'abduction',NULL,'2012-04-09','2012-04-14','day','El Puente','settlement',2000.0,'PE','080902','Cusco','La Convención','Echarate',NULL,2,5,5,8,'ombudsman',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,36,36,36,'ombudsman',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'La Columna; Guardia del Río',2,'ombudsman; press','valley-war','gas',NULL,1,'published','medium',NULL,20,'2024-01-01T00:00:05.000000Z',NULL,NULL,0,0,X'78019D53CB8EDB300CFC1543E7389513A779DCF6905B81E6D05B5104B4443B4264C9D0A3411AE4DF4BDA495B14BB7BD88B658DA8E19023DE84F21AC54E1CF6E542568B524A598999D001DA247637A1206214BBEFE227588BD7F20241FC980965C1F48CDF44839122979F67A20B3E0FC44591447132DD69C2ADBF4C3F3D42CC81D341A3B34AA8292EFA1C1463BE6FB28E3D38027F61F047138FD99D9DBF38B16BC146BCCF9EE956AF6723784C46EBDF5C6743CA3F9009520AA6C9A4F2983CE97B292E26398C91F44D456F5E5741F0A882D6F7546830F6FA76ADDC65EF5AA3D18DEDE9519BDC53BCF2D9A5702545873D6D35243C0E019589C653A7086056FA923F6232B52EE5F6D3F3B7AAE9F88C4CD004A33BA4ADF369B4F9269029BE9DB06082429BB6C55034D762B2692EEEA46B8090CC231E54F281AE286F73CFD6056FD94DE34C32C067ECDA33AACB10D88A475082D0619A382DA827A5EE8D3B3E1EA6DCC8AD5CD095FFCAB640AFAEAC16F3D173125DAE9773499540CFE9F7B6386474898BFBB7391153B2D8D3C9A8EB2DD29A2D7C90567F48BF40F135D06B827748A93D3141CADCFC2137D6C4D3F8F81274E31C751079809221193C6063BF5F0A7502D7A12E26FC4E01D781EB9806858D25CC684264B5516AB1A2515D822CD72BA8CB46CA75098DAA758B1536D556DC7F0387DF39A3',X'47500001E6100000010100000000000000004052C000000000000029C0');
INSERT INTO "incident" VALUES(2,'018cc252-03a0-7894-acd4-94a2c00b0e93','PE-2012-0002',NULL,'Emboscada en la orilla',NULL,'armed-clash','ambush','2012-04-12','2012-04-12','day','La Orilla','near',25000.0,'PE',NULL,'Este',NULL,NULL,NULL,1,3,3,3,'daily',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1,'press',NULL,NULL,'PE-2012-0001',0,'draft',NULL,NULL,17,'2024-01-01T00:00:04.000000Z',NULL,NULL,0,1,X'78015D91CB6AC33010457FC5CCDA0AF2A324F63EBB42BB2FC58C2539119125A3072135F9F78EEC524A37125CCFB99C9157104E2AE8E1FDCC6A5ED58C735E4309D2E314A15F4118D47380FE638551058A9A122EDEA58518348646AFFA72DD62E3EEDB3D2B0CC9E7D29B3646499A092E79911389DA3C28F852DE0D3A0CC9DEACBB5BE82734413D3F4BF24936FAC7A6944530AA61F14AE8A01DCD5190793A490A76E59655D979411F07376DE4EF3255FE6050A87D877FED066923A20F6D0926D7B36373A84AB03867DB572CDE3CED80B9E48F8355E821CB8688316591FDBD2848637C2C99C5794CE14A60D4D150B0425680F33CBA205062A16C61B0707BFF93E67E383F2BC9E8D909A6544B82787512A27EA1BFD32067C753D73214B2655D8BB5E07CE4AA6BE0F90DC1C58C33',X'47500001E6100000010100000066666666664652C0CDCCCCCCCCCC28C0');
INSERT INTO "incident" VALUES(3,'018cc252-03a0-7d8a-904c-4fff579bc28f','PE-2012-0003','whole-east','Protesta en el este',NULL,'protest',NULL,'2012-08-01','2012-08-31','month','Este','department',NULL,'PE','08','Cusco',NULL,NULL,NULL,1,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1,'press',NULL,NULL,NULL,1,'retracted',NULL,NULL,21,'2024-01-01T00:00:06.000000Z',NULL,NULL,0,0,X'78015D90416BC3300C85FF4AD0B906376D69DA7BEFBD9751345BA6668E6D6C851142FEFBE46687B19BFDDEA7F7841630C9125CE17E53BDDEF74A6B7D801DD8828EE1BA883D452EF39B683A323D7321E3AB4F51D431457EBD8DB9CA77CB1844F8A236F4FD4A8114616591724043423D16403BFAF8FCEDD68DFF5714716C6BDD2A539BFCD3682963E19122C3FAB1839AA6B2A5CA723ECCD034469EDA3A85B8A061B292C19E83442E30452BD6BD2426013B8A1D854E9E04AB50736EBD79739BE21BADF78331FD49EE7340ADCE764075D147A38ECEB9D3F9F269FAC1C1FA03E9496866',X'47500003E610000000000000008052C000000000000052C00000000000002CC000000000000024C00103000000010000000500000000000000000052C00000000000002CC000000000000052C000000000000024C000000000008052C000000000000024C000000000008052C00000000000002CC000000000000052C00000000000002CC0');
INSERT INTO "incident" VALUES(4,'018cc252-03a0-772f-84a6-5934fc297767','PE-0000-0001','undated','Sin fecha ni lugar',NULL,'state-measure','arrest',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,1,'draft',NULL,NULL,19,'2024-01-01T00:00:04.000000Z',NULL,NULL,0,0,X'7801258C3D0EC2300C46AF527926529AFEA4656747E204267120A214943A4355F5EE38D483653FBFCF1BB88F2738C3F5A2B45469359CC0270C0CE74DCE79E6B4FE0DE12F2A639E3D3279D91746CE8BA0232020DF79FD968F98122D2C0E479E046C4045BCC5B90AE49E58CDB19AF20313ECE21C99F28ED49B70C9890A8F5E22BA1E9C339D51BA41ADAC35410D2DF6AA1B9B3638335ADB5BD87FBDAB3D37',NULL);
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
CREATE TABLE link (
	incident INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	ref TEXT NOT NULL, 
	role TEXT, 
	PRIMARY KEY (incident, kind, position), 
	FOREIGN KEY(incident) REFERENCES incident (fid)
)
 WITHOUT ROWID

;
INSERT INTO "link" VALUES(1,'actor',0,'column','initiator');
INSERT INTO "link" VALUES(1,'actor',1,'guard','target');
INSERT INTO "link" VALUES(1,'case',0,'valley-war',NULL);
INSERT INTO "link" VALUES(1,'source',0,'ombudsman',NULL);
INSERT INTO "link" VALUES(1,'source',1,'daily',NULL);
INSERT INTO "link" VALUES(1,'tag',0,'gas',NULL);
INSERT INTO "link" VALUES(2,'source',0,'daily',NULL);
INSERT INTO "link" VALUES(3,'source',0,'daily',NULL);
CREATE TABLE meta (
	"key" TEXT NOT NULL, 
	value TEXT NOT NULL, 
	PRIMARY KEY ("key")
);
INSERT INTO "meta" VALUES('country','PE');
INSERT INTO "meta" VALUES('created_at','2024-01-01T00:00:01.000000Z');
INSERT INTO "meta" VALUES('disclosure_key','2f169f9b4e6a1024752209cd5410ebb84959eee0ac73c29a04c23bd524c12f81');
INSERT INTO "meta" VALUES('policy','ranked-source');
INSERT INTO "meta" VALUES('review','one-person');
INSERT INTO "meta" VALUES('schema_version','6');
INSERT INTO "meta" VALUES('willay_version','0.1.0');
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
	sensitivity TEXT, 
	PRIMARY KEY (incident, position), 
	FOREIGN KEY(incident) REFERENCES incident (fid), 
	FOREIGN KEY(region_fid) REFERENCES region (fid)
);
INSERT INTO "place" VALUES(2,0,'La Orilla','near',-73.1,-12.4,NULL,'PE',NULL,'Este',NULL,NULL,NULL,NULL,NULL);
INSERT INTO "place" VALUES(1,0,'El Puente','settlement',-73.0,-12.5,NULL,'PE','080902','Cusco','La Convención','Echarate',NULL,NULL,NULL);
INSERT INTO "place" VALUES(1,1,'La Orilla','settlement',-73.1,-12.4,NULL,'PE',NULL,'Este',NULL,NULL,NULL,NULL,NULL);
INSERT INTO "place" VALUES(3,0,'Este','department',NULL,NULL,NULL,'PE','08','Cusco',NULL,NULL,NULL,2,NULL);
CREATE VIRTUAL TABLE place_box USING rtree (incident, west, east, south, north);
INSERT INTO "place_box" VALUES(2,-7.31000061035156249982e+01,-73.0999984741211,-1.24000015258789062497e+01,-1.23999996185302734379e+01);
INSERT INTO "place_box" VALUES(1,-73.0,-73.0,-12.5,-12.5);
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
	seal TEXT, 
	masked_digest TEXT, 
	origin TEXT
);
INSERT INTO "revision" VALUES(1,'setting','country','willay','2024-01-01T00:00:01.000000Z','add','installed',NULL,'5bab32fe6a1d4e6c5638801f3b54301cf575214dc443e11aff6ed514818aeb33',NULL,'d6c5ee227aff0ec64139cdcc54e102e85a9be5a9c4f11d4d7f71864acdf0c362','7692267bbcd17ba1edd401168f31f90dba07db4dab21ff53236982de44daf94f',NULL);
INSERT INTO "revision" VALUES(2,'setting','created_at','willay','2024-01-01T00:00:01.000000Z','add','installed',NULL,'1902a25250dda6485149b9a400d575e8fa88b4a77a44a16425d5928a0f967796',NULL,'c672303db825334cb03817b05b6522aa9b483c465f029e411371313d0b80a479','cfafc0d489a1261f66f821a439a6502ab8729e3b45f09582cecc91749a3100a1',NULL);
INSERT INTO "revision" VALUES(3,'setting','policy','willay','2024-01-01T00:00:01.000000Z','add','installed',NULL,'ea52de91ab7a5b585526450e88897928df7478c5b35fd995240cf9f67193510d',NULL,'ed76e6d63908b796a02e1c338edef265e49bc445bf531b074cde134ad2e3bf1b','f7121371f168b25c14738d681c02ce0ca4ae2ac5ed3b9fabc7a996b84e789107',NULL);
INSERT INTO "revision" VALUES(4,'setting','review','willay','2024-01-01T00:00:01.000000Z','add','installed',NULL,'7a49d42794cbafc302bc85033a7d2e6e008a446eef9c2402e3cefa29170397f9',NULL,'0861b02ea4a5733d532e43c9b4e90497598de51e9f1a958b9de12e5a9eecd2ab','5d97bb80a40ab9f06ccb25e932618a486e7f269da9b7e1e4683d60e699c6bcb3',NULL);
INSERT INTO "revision" VALUES(5,'region','units/west/1','willay','2024-01-01T00:00:02.000000Z','add','installed',NULL,'0417dbcd773e1d820368befb57a604209ea0347bb162fde9dbeac0ecef694b02',NULL,'ffa1d3ecccbe191ce9c6304f83403cae9c6e150ce36ade8cf6152a3d047829e9','bc4d96f88e2ec77d3e0a0c9e818f883ced0dcf6536c3634a1284eab991243272',NULL);
INSERT INTO "revision" VALUES(6,'region','units/east/1','willay','2024-01-01T00:00:02.000000Z','add','installed',NULL,'97504d63e0758d4d419443af8e1a28f2ec09b68107073f9805d7e89bee624a0d',NULL,'21ae5fc5065737b6dc4c7e54737fee7d7eb74f3f79b37d971224c539c0d495b7','4e49ad35b63a1c2b4f140e7ddf63b59145c314db940a1efd5d0acdd1c8e1ef8f',NULL);
INSERT INTO "revision" VALUES(7,'region','units/capital/1','willay','2024-01-01T00:00:02.000000Z','add','installed',NULL,'df1356215119db0ec02361cedca0064620a4bd8a87f90bea64ee799e63740650',NULL,'2a7ca85aade78d083c1ee4f96fb155d606eea0ed3226efc333c43dd2b4447a3d','3c1c35a995dc7d498108acfba7a26e6b86c955a407cef96c8525100ce95efd8b',NULL);
INSERT INTO "revision" VALUES(8,'region','zones/valley/1','willay','2024-01-01T00:00:03.000000Z','add','installed',NULL,'03b2fc4475bc1aa54ba635fac9092d5e703731d12f2c998920b803bdb1588f1d',NULL,'3fa79f7caa3e98e68643de22cd56a2a03132817d6aceebe33b0a3cd0622e36fa','3706ba0ed4cfb0585e9b18e136e43481e2730d3f32e9f85e23d82947d6c51b7b',NULL);
INSERT INTO "revision" VALUES(9,'region','zones/valley/2','willay','2024-01-01T00:00:03.000000Z','add','installed',NULL,'17aad046e6433e6268ae1d3a6c8868d6643066f3e9466ec4c2cf1c88239e3a0b',NULL,'0bfc76cf58dbc7d55bc57c56961e96b5f886c5605f8edae2b0b8f98865905c7d','df94d6fa15182446f1f4c15c80435ff97e3eaefd5d4100b8dae4062562f972f7',NULL);
INSERT INTO "revision" VALUES(10,'source','ombudsman','ana','2024-01-01T00:00:04.000000Z','add','first entry',NULL,'9855159fc2a35b89e36592cc51aa2286b67119b81516824a5214c9fcec6837a5',NULL,'976375a1d812f063365bb4c77b33c7eb171979bbd65e512f37b4d1266413dc1e','585318c41569d4fe813795128eea4d4ce28622dcc220a7e6f6ef40dc4cebe671',NULL);
INSERT INTO "revision" VALUES(11,'source','daily','ana','2024-01-01T00:00:04.000000Z','add','first entry',NULL,'d6a73429b2c281b5f452176b4651938a02b0e49f2b10f4678b33464fff123a09',NULL,'2243c30135bc23bd85fdb06eed38036c2308253bf38e58135c418529729687a8','804da4b4f299d896af0e1ebf54fa45e9639f9e089efebf2fd3507f73777cec61',NULL);
INSERT INTO "revision" VALUES(12,'actor','guard','ana','2024-01-01T00:00:04.000000Z','add','first entry',NULL,'0ba822967194d3f397b19ad074cc2a2d3e5eb712a40abdafee905c4ea3620555',NULL,'0d40a54e57f6e5f3aa232b77ee416876c6510797809222643a4f5dca6758d588','dffb003326ed0381d8d66738e66746ae9ecfb633494c4f1aa0de4c3fd9d0801f',NULL);
INSERT INTO "revision" VALUES(13,'actor','column','ana','2024-01-01T00:00:04.000000Z','add','first entry',NULL,'178c1c5845690269eb1bc6f4e4c8b537f1f255c33f785edebb0fe4c0e6b3c086',NULL,'4e418e6d5d614b5090cc9c741460ff867babff22efef608245211831a2448a8e','613c9a5fd9c4c1840d490653ff2c037e693e00b9ea6b108a461e8e7d466cf8c1',NULL);
INSERT INTO "revision" VALUES(14,'case','valley-war','ana','2024-01-01T00:00:04.000000Z','add','first entry',NULL,'ecc95b99d955862460d6bc5b4d1473acfb4eb72be2423e70f8addd070b0410ff',NULL,'45682c7c15f94c434e33646baf8c0fe850b31afdec45a8fa957338c3966ebb95','f71f9d06e2502f9d586d2c3557ef0aa9737ac18b1e8f30e39fd2bb5bc9e45306',NULL);
INSERT INTO "revision" VALUES(15,'indicator','1','ana','2024-01-01T00:00:04.000000Z','add','first entry',NULL,'ad0922d5dabe9e50f12c07586b262369ea502cd33c29e39632b89f99aba18a7b',NULL,'09f09b3b57924cfabe99443d8a73b363406e93a29c3052f2d39d7a89e16b82cc','2308aa25084dee5bf56cfc3c83802366caaf3e4f62c0740060fb757bd6226490',NULL);
INSERT INTO "revision" VALUES(16,'incident','018cc252-03a0-75a4-b007-abc4dfe1eb19','ana','2024-01-01T00:00:04.000000Z','add','first entry',NULL,'57153403932bc53eaa2eeab939c18a95ac2a116d66531625c3c101bacff6b188','{"code":"PE-2012-0001","draft":{"cases":["valley-war"],"claims":[{"best":36,"group":"all","high":36,"low":36,"measure":"abducted","source":"ombudsman","zero_is_unknown":false},{"best":5,"group":"all","high":5,"low":5,"measure":"killed","source":"ombudsman","zero_is_unknown":false},{"attributed_to":"A witness","best":8,"group":"all","high":8,"low":8,"measure":"killed","source":"daily","zero_is_unknown":false}],"confidence":"medium","country":"PE","date_precision":"day","days":"2012-04-09/2012-04-14","key":"bridge","notes":[{"en":"The days differ by source."}],"parties":[{"actor":"column","role":"initiator"},{"actor":"guard","role":"target"}],"places":[{"admin_code":"080902","country":"PE","lat":-12.5,"lon":-73.0,"name":"El Puente","precision":"settlement"},{"country":"PE","lat":-12.4,"lon":-73.1,"name":"La Orilla","precision":"settlement"}],"status":"published","tags":["gas"],"title":{"en":"Abduction at the bridge","es":"Secuestro en el puente"},"type":"abduction"},"id":"018cc252-03a0-75a4-b007-abc4dfe1eb19"}','14a28a25a0a4349e99ac71cc7802b952c2d5d1ff7063353f09f6c4729583c694','9d140dc21007a5f7f105becab325d8993175d2324f35f1041f2613fdb496f2f5',NULL);
INSERT INTO "revision" VALUES(17,'incident','018cc252-03a0-7894-acd4-94a2c00b0e93','ana','2024-01-01T00:00:04.000000Z','add','first entry',NULL,'fbacb85f79f4aee94e4f754932cc268e01de40387f987feb68777f4e47c5eb37',NULL,'ddb94d54c31a735336f4452307df0fafb1b82df36e52d2f958819fbc9bcdc1b3','1980a3797920e5b8426d77e91904059e7850bd2b0cc8a691151fd7cf9d31c8f9',NULL);
INSERT INTO "revision" VALUES(18,'incident','018cc252-03a0-7d8a-904c-4fff579bc28f','ana','2024-01-01T00:00:04.000000Z','add','first entry',NULL,'72c3950fe7419bc85d744294042d298b4979813d8102b86730ce0f1c6ea3feac','{"code":"PE-2012-0003","draft":{"country":"PE","date_precision":"month","days":"2012-08","key":"whole-east","places":[{"admin_code":"08","country":"PE","name":"Este","precision":"department"}],"sources":["daily"],"status":"draft","title":{"und":"Protesta en el este"},"type":"protest"},"id":"018cc252-03a0-7d8a-904c-4fff579bc28f"}','7a92e322de156e23d2fad66e66dcbbc2688644909dda0692c469e527f47cd11b','ebf596512c1282b4b6fbca5f0259f6b8b63533df3509e2244207cd0b0439c0fa',NULL);
INSERT INTO "revision" VALUES(19,'incident','018cc252-03a0-772f-84a6-5934fc297767','ana','2024-01-01T00:00:04.000000Z','add','first entry',NULL,'f8e9ca3c9f85b4e54da05021d60fb2ca8bcef588b546c22f53d4d4735ca0729c',NULL,'a1712edd69ade8b3da1727fc34fc9344a87fe418034fee7fa3f4e8e509bd62da','d1610e0a6b98f7a4c63a9be60ca3f7f14faef43d0e438c107ae9a1c030b36721',NULL);
INSERT INTO "revision" VALUES(20,'incident','018cc252-03a0-75a4-b007-abc4dfe1eb19','luz','2024-01-01T00:00:05.000000Z','edit','better words','57153403932bc53eaa2eeab939c18a95ac2a116d66531625c3c101bacff6b188','5185749d08fc0779395c97594a6beccb07b577121ade4c3861e369a50d973594',NULL,'91090f5e37cfeb5032a70e1b685b401cc836e351a46fe9c679cc4c2a92e4c4bb','9f15631fd61bbc2294ab286c4de4fd736b27d33043d1253d8c0c294e3b927525',NULL);
INSERT INTO "revision" VALUES(21,'incident','018cc252-03a0-7d8a-904c-4fff579bc28f','luz','2024-01-01T00:00:06.000000Z','retract','never happened','72c3950fe7419bc85d744294042d298b4979813d8102b86730ce0f1c6ea3feac','72f78d21cd9170f18579d08ffb308784448e92e063b925e94f8bcc31dc0ae0d1',NULL,'8b8fb33df2e454de5e9cc53cd98d2760e962e38cc01c14c15382c16684bf8d5a','a57a7f365177efb81c5c05f78ca300020955056ebc2eafbd25dffbba64190784',NULL);
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
INSERT INTO "source" VALUES('daily','press','The Daily',NULL,'2012-04-15',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
CREATE INDEX revision_origin ON revision (subject_id) WHERE origin IS NOT NULL;
CREATE INDEX revision_subject ON revision (subject_kind, subject_id, number);
CREATE INDEX revision_sensitivity ON revision (number) WHERE document LIKE '%"sensitivity":%';
CREATE INDEX revision_moment ON revision (recorded_at);
CREATE INDEX incident_names_codes ON incident (fid) WHERE names_codes = 1;
CREATE INDEX incident_sensitivity ON incident (sensitivity) WHERE sensitivity IS NOT NULL;
CREATE INDEX incident_days ON incident (first_day, last_day);
CREATE INDEX incident_uncounted ON incident (code) WHERE counted = 0;
CREATE INDEX incident_not_published ON incident (status) WHERE status <> 'published';
CREATE INDEX incident_part_of ON incident (part_of) WHERE part_of IS NOT NULL;
CREATE INDEX ix_incident_type ON incident (type);
CREATE INDEX place_sensitivity ON place (sensitivity) WHERE sensitivity IS NOT NULL;
CREATE INDEX link_ref ON link (kind, ref, incident);
CREATE INDEX ix_import_row_incident ON import_row (incident);
CREATE VIEW incidents AS SELECT
        fid, code, "key", title, summary, type, subtype, first_day, last_day, date_precision, place_name,
        place_precision, radius_m, country, admin_code, adm1, adm2, adm3, region, killed_low, killed_best, killed_high,
        killed_source, injured_low, injured_best, injured_high, detained_low, detained_best, detained_high, missing_low,
        missing_best, missing_high, abducted_low, abducted_best, abducted_high, released_low, released_best,
        released_high, actors, source_count, source_kinds, tags, status, confidence, cases, part_of, counted, dataset,
        revision, recorded_at, geom
    FROM incident WHERE status IN ('draft', 'in-review', 'published');
CREATE VIEW regions AS SELECT
        fid, set_name AS "set", "key", name_es AS name, name_en, kind, valid_from, valid_until, working_outline, decree,
        citation, url, outline_note, attribution, licence, geometry AS geom
    FROM region;
CREATE VIEW claims AS SELECT
        claim.rowid AS fid, incident.code, claim.measure, claim."group", claim.low, claim.best, claim.high,
        claim.source,
        claim.attributed_to, claim.stated_on, claim.scope, claim.note, claim.pinned,
        claim.label, claim.supersedes, claim.adds
    FROM claim JOIN incident ON incident.fid = claim.incident
    WHERE incident.status IN ('draft', 'in-review', 'published');
CREATE VIEW sources AS SELECT
        rowid AS fid, "key", kind, publisher, title, published_on, url, archive_url, language, licence, reliability
    FROM source;
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('revision',21);
COMMIT;
